/* answer.c - what the bot says, on the screen.
 * In: a turn.  Out: its messages, coloured by where the conversation stands;
 * the messages say so in words as well. */
#include "answer.h"

#include <string.h>

static const struct tier_row {
    talk_tier tier;
    enum style style;
} tiers[] = {
    {TALK_TIER_NONE, STYLE_BOT},
    {TALK_TIER_AVOID, STYLE_CAUTION},
    {TALK_TIER_PROFESSIONAL, STYLE_CAUTION},
    {TALK_TIER_URGENT, STYLE_URGENT},
    {TALK_TIER_EMERGENCY, STYLE_EMERGENCY},
};

static enum style style_of(const struct screen *screen, talk_tier tier)
{
    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++) {
        if (tiers[i].tier != tier) continue;
        /* Without "bot:" the text itself is coloured: only for cause. */
        if (tier == TALK_TIER_NONE && !screen->interactive) break;
        return tiers[i].style;
    }
    return STYLE_PLAIN;
}

static const char *label_of(const struct screen *screen)
{
    return screen->interactive ? "bot: " : "";
}

void answer_print(const struct screen *screen, const talk_turn *turn)
{
    enum style style = style_of(screen, talk_turn_tier(turn));
    size_t count = talk_turn_message_count(turn);
    for (size_t i = 0; i < count; i++) {
        talk_message message = talk_turn_message(turn, i);
        if (i && screen->interactive) putc('\n', screen->out);
        screen_print(screen, style, label_of(screen), message.text,
                     message.length);
    }
}

void answer_refused(const struct screen *screen, const char *reason)
{
    char text[TALK_MESSAGE_MAX + 128];
    snprintf(text, sizeof text,
             "I could not read that message: %s. Nothing of it was taken in; "
             "please say it again in fewer words.",
             reason);
    screen_print(screen, STYLE_PLAIN, label_of(screen), text, strlen(text));
}
