/* xmpp_options.c - the command line of backtalk-xmpp as one struct.
 * In: argc, argv, the environment.  Out: settings, or a message that points
 * to --help.  The table below is also the help text. */
#include "posix.h"

#include "xmpp_options.h"

#include "secret.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    KEY_JID = 256,
    KEY_PASSWORD_FILE,
    KEY_SERVER,
    KEY_CA_FILE,
    KEY_NO_TLS,
    KEY_ROOM,
    KEY_PACK,
    KEY_SEED,
    KEY_STATE,
    KEY_EXPIRE,
    KEY_SPLIT,
    KEY_FORGET
};

enum {
    EXPIRE_DAYS = 30,
    EXPIRE_DAYS_MAX = 36500,
    /* Far below what servers take as one stanza, and still a screenful. */
    PIECE_BYTES = 4000,
    PIECE_BYTES_MIN = 40,
    PIECE_BYTES_MAX = 60000
};

static const struct option_row {
    int key;
    const char *name;
    const char *value; /* NULL: takes none */
    const char *help;
} rows[] = {
    {KEY_JID, "jid", "JID", "the account, such as bot@example.org"},
    {KEY_PASSWORD_FILE, "password-file", "FILE",
     "its password is the first line of FILE"},
    {KEY_SERVER, "server", "HOST[:PORT]", "the server, if DNS does not say"},
    {KEY_CA_FILE, "ca-file", "FILE",
     "trust certificates that those in FILE vouch for"},
    {KEY_NO_TLS, "no-tls", NULL,
     "no encryption; only with a --server on this machine"},
    {KEY_ROOM, "room", "ROOM[/NICK]", "enter a room; can be repeated"},
    {KEY_PACK, "pack", "DIR", "the folder with intents/ and responses/"},
    {KEY_SEED, "seed", "N", "choose among wordings by N (0 to 4294967295; 0)"},
    {KEY_STATE, "state", "DIR",
     "keep conversations in DIR (state folder: xmpp/JID)"},
    {KEY_EXPIRE, "expire", "DAYS",
     "forget after DAYS without a word (30; 0: never)"},
    {KEY_SPLIT, "split", "BYTES", "cut longer messages (4000; 40 to 60000)"},
    {KEY_FORGET, "forget", "JID",
     "delete the conversation with JID and leave"},
    {'h', "help", NULL, "print this and leave"},
    {'V', "version", NULL, "print the version and leave"},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows, HELP_COLUMN = 22 };

static const struct help_row {
    const char *name;
    const char *help;
} environment[] = {
    {"BACKTALK_XMPP_PASSWORD", "the password, without --password-file"},
    {"BACKTALK_PACK", "the pack, where --pack is not given"},
    {"XDG_STATE_HOME", "the state folder's place (~/.local/state)"},
};

void xmpp_options_help(FILE *out)
{
    fputs("usage: backtalk-xmpp --jid=JID [OPTION...]\n"
          "       backtalk-xmpp --jid=JID --forget=JID [OPTION...]\n"
          "\nTalks with people on XMPP about what its pack knows.\n"
          "\noptions:\n",
          out);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char left[48];
        const char *value = rows[i].value;
        (void)snprintf(left, sizeof left, "--%s%s%s", rows[i].name,
                       value ? "=" : "", value ? value : "");
        fprintf(out, "  %-*s %s\n", HELP_COLUMN, left, rows[i].help);
    }
    fputs("\nenvironment:\n", out);
    for (size_t i = 0; i < sizeof environment / sizeof *environment; i++) {
        fprintf(out, "  %-*s %s\n", HELP_COLUMN, environment[i].name,
                environment[i].help);
    }
    fputs("\nexit status: 0 ended as asked, 2 the command line makes no "
          "sense,\n3 the pack does not load, 4 files cannot be read or "
          "written.\n",
          out);
}

static bool complain(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

static bool complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("backtalk-xmpp: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("\nTry 'backtalk-xmpp --help'.\n", stderr);
    va_end(arguments);
    return false;
}

/* ---- Values ---- */

static bool read_number(const char *name, uint32_t least, uint32_t most,
                        uint32_t *number)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(optarg, &end, 10);
    if (*optarg < '0' || *optarg > '9' || *end || errno || value < least ||
        value > most) {
        return complain("option '--%s': '%s' is not a number from %lu to %lu",
                        name, optarg, (unsigned long)least,
                        (unsigned long)most);
    }
    *number = (uint32_t)value;
    return true;
}

/* "name@host", with no more than that before a slash. */
static bool is_address(const char *text)
{
    size_t length = stanza_bare(text);
    const char *at = memchr(text, '@', length);
    return at && at > text && (size_t)(at - text) + 1 < length &&
           !memchr(at + 1, '@', length - (size_t)(at - text) - 1);
}

static bool read_address(const char *name, const char **address)
{
    *address = optarg;
    return is_address(optarg) ||
           complain("option '--%s': '%s' is not of the form name@host", name,
                    optarg);
}

/* "host", "host:5222", "[::1]:5222", "::1" */
static bool read_server(struct xmpp_settings *settings)
{
    const char *text = optarg;
    const char *port = strrchr(text, ':');
    const char *bracket = *text == '[' ? strchr(text, ']') : NULL;
    size_t length = strlen(text);
    if (bracket) {
        text++;
        length = (size_t)(bracket - text);
        port = bracket[1] == ':' ? bracket + 1 : NULL;
        if (!port && bracket[1]) length = 0;
    } else if (port && port != strchr(text, ':')) {
        port = NULL; /* several colons: an address of IPv6 */
    } else if (port) {
        length = (size_t)(port - text);
    }
    char *end = "";
    unsigned long number = port ? strtoul(port + 1, &end, 10) : 0;
    if (length == 0 || *text == '[' || *end || number > UINT16_MAX ||
        (port && (port[1] < '1' || port[1] > '9'))) {
        return complain("option '--server': '%s' is not HOST or HOST:PORT",
                        optarg);
    }
    free(settings->host);
    settings->host = strndup(text, length);
    settings->account.host = settings->host;
    settings->account.port = (uint16_t)number;
    return settings->host || complain("no memory");
}

static bool read_path(const char *name, const char **path)
{
    *path = optarg;
    return *optarg ||
           complain("option '--%s' needs a value that is not empty", name);
}

static bool read_value(int key, struct xmpp_settings *settings)
{
    struct account_options *account = &settings->account;
    switch (key) {
    case KEY_JID: return read_address("jid", &account->jid);
    case KEY_PASSWORD_FILE:
        return read_path("password-file", &settings->password_file);
    case KEY_SERVER: return read_server(settings);
    case KEY_CA_FILE: return read_path("ca-file", &account->ca_file);
    case KEY_NO_TLS: return account->plain = true;
    case KEY_ROOM:
        return read_address("room", &settings->rooms[account->room_count++]);
    case KEY_PACK: return read_path("pack", &settings->pack);
    case KEY_SEED: return read_number("seed", 0, UINT32_MAX, &settings->seed);
    case KEY_STATE: return read_path("state", &settings->state);
    case KEY_EXPIRE:
        return read_number("expire", 0, EXPIRE_DAYS_MAX,
                           &settings->expire_days);
    case KEY_SPLIT:
        return read_number("split", PIECE_BYTES_MIN, PIECE_BYTES_MAX,
                           &settings->piece_max);
    case KEY_FORGET:
        settings->task = XMPP_FORGET;
        return read_address("forget", &settings->forget);
    case 'h': settings->task = XMPP_HELP; return true;
    case 'V': settings->task = XMPP_VERSION; return true;
    default: return complain("the command line makes no sense");
    }
}

/* ---- The whole ---- */

/* What is sent in the clear stays on this machine. */
static bool is_here(const char *host)
{
    return host &&
           (strcasecmp(host, "localhost") == 0 ||
            strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0);
}

static bool check(const struct xmpp_settings *settings, char **rest)
{
    const struct account_options *account = &settings->account;
    if (*rest) return complain("'%s' is one word too many", *rest);
    if (!account->jid) return complain("say which account: --jid=JID");
    if (account->plain && !is_here(account->host)) {
        return complain("option '--no-tls' goes with '--server=localhost', "
                        "'127.0.0.1' or '[::1]' only");
    }
    return true;
}

bool xmpp_options_read(int argc, char **argv, struct xmpp_settings *settings)
{
    struct option longs[ROW_COUNT + 1] = {0};
    int key;
    *settings = (struct xmpp_settings){.expire_days = EXPIRE_DAYS,
                                       .piece_max = PIECE_BYTES};
    settings->rooms = calloc((size_t)argc + 1, sizeof *settings->rooms);
    if (!settings->rooms) return complain("no memory");
    settings->account.rooms = settings->rooms;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        longs[i] = (struct option){
            rows[i].name, rows[i].value ? required_argument : no_argument,
            NULL, rows[i].key};
    }
    while ((key = getopt_long(argc, argv, "hV", longs, NULL)) != -1) {
        if (!read_value(key, settings)) return false;
        if (settings->task >= XMPP_HELP) return true;
    }
    return check(settings, argv + optind);
}

void xmpp_options_clear(struct xmpp_settings *settings)
{
    free(settings->rooms);
    free(settings->host);
}

/* ---- The password ---- */

char *xmpp_options_password(const struct xmpp_settings *settings)
{
    char *password;
    if (!secret_read("backtalk-xmpp", settings->password_file,
                     "BACKTALK_XMPP_PASSWORD", "password", &password)) {
        return NULL;
    }
    if (!password) {
        complain("the password stands nowhere: --password-file=FILE, or the "
                 "variable BACKTALK_XMPP_PASSWORD");
    }
    return password;
}
