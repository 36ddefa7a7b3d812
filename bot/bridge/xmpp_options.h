/* xmpp_options.h - the command line of backtalk-xmpp as one struct. */
#ifndef BRIDGE_XMPP_OPTIONS_H
#define BRIDGE_XMPP_OPTIONS_H

#include "account.h"

#include <stdint.h>
#include <stdio.h>

enum xmpp_task { XMPP_SERVE, XMPP_FORGET, XMPP_HELP, XMPP_VERSION };

struct xmpp_settings {
    enum xmpp_task task;
    struct account_options account; /* but the password */
    const char *pack;               /* NULL: not said */
    const char *password_file;      /* NULL: the environment */
    const char *state;              /* NULL: not said */
    const char *forget;             /* whom */
    uint32_t expire_days;           /* 0: never */
    uint32_t piece_max;             /* bytes */
    uint32_t seed;
    /* Owned; account points to them. */
    char *host;
    const char **rooms;
};

/* false: the command line makes no sense, and stderr says why. Clear the
 * settings in either case. */
bool xmpp_options_read(int argc, char **argv, struct xmpp_settings *settings);
void xmpp_options_clear(struct xmpp_settings *settings);

void xmpp_options_help(FILE *out);

/* The password, of --password-file or $BACKTALK_XMPP_PASSWORD; the caller
 * frees it. NULL: stderr says why. */
char *xmpp_options_password(const struct xmpp_settings *settings);

#endif
