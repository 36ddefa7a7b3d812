#!/bin/sh
# transcript_errors_test.sh - what an author can get wrong in a transcript:
# each mistake is told with file, line and column, and how to mend it.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

# refuses CASE MESSAGE...: standard input is a transcript with exactly these
# problems
refuses() {
    name=$1
    shift
    fresh
    write x.convo.txt
    printf 'UTT_SOIL\nthe soil is mouldy\nthe soil is mouldy now\n' |
        write soil.utterances.txt
    printf 'loops\n#me\nhello\nINCLUDE loops\n' | write loops.pconvo.txt
    printf 'begins\n#begin\nSEED 1\n#me\nhello\n' | write begins.pconvo.txt
    run 1 x.convo.txt
    got=$(sed -n 's/^\([a-z]*\.[a-z]*\.txt:[0-9].*\)/\1/p' "$work/out")
    equals "$name" "$got" "$(printf '%s\n' "$@")"
}

# accepts CASE: standard input is a transcript without a mistake that passes
accepts() {
    fresh
    write x.convo.txt
    printf 'UTT_SOIL\nthe soil is mouldy\nthe soil is mouldy now\n' |
        write soil.utterances.txt
    run 0 x.convo.txt
    [ "$code" = 0 ] || echo "     in: $1"
}

# ---- Titles and sections

printf '' | refuses 'an empty file' \
    "x.convo.txt:1:1: the title is missing; the first line says what the dialogue is about"
refuses 'no title' \
    "x.convo.txt:1:1: the title is missing; the first line says what the dialogue is about" <<'END'
#me
hello
#bot
TIER none
END
printf '\ntitle\n#me\nhello\n#bot\n*\n' | refuses 'a title below' \
    "x.convo.txt:1:1: the title is missing; the first line says what the dialogue is about"
printf 'only a title\n' | refuses 'only a title' \
    "x.convo.txt:1:1: nothing is said: there is no #me"
printf 'nothing expected\n#me\nhello\n' | refuses 'no #bot' \
    "x.convo.txt:1:1: nothing is expected: there is no #bot"
refuses 'sections that are none' \
    "x.convo.txt:2:1: '#you' is no section: there are #begin, #include, #me and #bot" \
    "x.convo.txt:4:1: '#bott' is no section: there are #begin, #include, #me and #bot; did you mean '#bot'?" \
    "x.convo.txt:6:3: '#Me' is no section: there are #begin, #include, #me and #bot; did you mean '#me'?" <<'END'
title
#you
hello
#bott
TIER none
  #Me
END
refuses 'words behind a heading' \
    "x.convo.txt:2:1: '#me' stands alone on its line" <<'END'
title
#me hello
hello
#bot
TIER none
END
refuses '#bot before #me' \
    "x.convo.txt:2:1: #bot before anything was said; it needs a #me before it" <<'END'
title
#bot
TIER none
#me
hello
END
refuses 'empty sections' \
    "x.convo.txt:2:1: nothing stands below #me; to say an empty message, write '\\'" \
    "x.convo.txt:3:1: #bot before anything was said; it needs a #me before it" \
    "x.convo.txt:3:1: nothing stands below #bot; write what must come, or an assertion such as TIER none" \
    "x.convo.txt:8:1: nothing stands below #bot; write what must come, or an assertion such as TIER none" \
    "x.convo.txt:11:1: #include names nothing; write the name of a *.pconvo.txt" <<'END'
title
#me
#bot

#me
hello

#bot
// a comment expects nothing

#include
END
refuses '#begin too late' \
    "x.convo.txt:6:1: #begin comes before the first #me" <<'END'
title
#me
hello
#bot
TIER none
#begin
SEED 1
END
refuses 'a keyword in the description' \
    "x.convo.txt:3:3: 'TIER' stands in no section: it belongs below #begin, #me or #bot" <<'END'
title
This dialogue tells of a greeting.
  TIER none
#me
hello
#bot
TIER none
END

# ---- Keywords

refuses 'keywords that are none' \
    "x.convo.txt:5:1: 'TEIR' is no keyword; did you mean 'TIER'?" \
    "x.convo.txt:6:2: 'NHS' is no keyword; if it is text, write '\\' before it" \
    "x.convo.txt:7:1: 'CLOCK' does not stand below #bot; if it is text, write '\\' before it" \
    "x.convo.txt:9:1: 'TIER' does not stand below #me; to say it, write '\\' before it" <<'END'
title
#me
hello
#bot
TEIR none
	NHS says
CLOCK +2h
#me
TIER none
hello
#bot
*
END
refuses 'what stands behind keywords' \
    "x.convo.txt:5:1: 'TIER' is written like this: TIER urgent" \
    "x.convo.txt:6:1: 'urgnt' is not none, avoid, professional, urgent or emergency; did you mean 'urgent'?" \
    "x.convo.txt:7:1: 'maybe' is not yes or no" \
    "x.convo.txt:8:1: 'presnt' is not present, absent, past, hypothetical or other_person; did you mean 'present'?" \
    "x.convo.txt:9:1: 'TOPIC' is written like this: TOPIC greeting" \
    "x.convo.txt:10:1: 'many' is not a number of messages from 0 to 99" \
    "x.convo.txt:11:1: 'ONE_OF' is written like this: ONE_OF Hello*|Hi*" \
    "x.convo.txt:12:1: 'ONE_OF' is written like this: ONE_OF Hello*|Hi*" \
    "x.convo.txt:13:1: 'RESPONSE' is written like this: RESPONSE greeting" \
    "x.convo.txt:14:1: 'BECAUSE' is written like this: BECAUSE the tier rose" <<'END'
title
#me
hello
#bot
TIER
TIER urgnt
TECHNIQUE maybe
FINDING mould presnt
TOPIC greeting thanks
MESSAGES many
ONE_OF only
ONE_OF a | | b
!RESPONSE
BECAUSE
END
refuses 'marks' \
    "x.convo.txt:5:1: nothing stands behind '!'" \
    "x.convo.txt:6:1: nothing stands behind '?'" \
    "x.convo.txt:7:1: '?' (may come) and '!' (must not come) exclude each other" \
    "x.convo.txt:8:1: only a message may be optional; 'TIER' holds or does not" <<'END'
title
#me
hello
#bot
!
?
?!hello
?TIER none
END
refuses 'settings' \
    "x.convo.txt:3:1: 'x' is not a number from 0 to 4294967295" \
    "x.convo.txt:4:1: '4294967296' is not a number from 0 to 4294967295" \
    "x.convo.txt:5:1: 'noon' is no moment; write 2026-01-31, 2026-01-31T09:30:00Z or the seconds since 1970" \
    "x.convo.txt:6:1: '2026-02-29' is no moment; write 2026-01-31, 2026-01-31T09:30:00Z or the seconds since 1970" \
    "x.convo.txt:7:1: '2026-02-28T24:00' is no moment; write 2026-01-31, 2026-01-31T09:30:00Z or the seconds since 1970" \
    "x.convo.txt:8:1: 'SET' is written like this: SET severity 3" \
    "x.convo.txt:9:1: 'SET' is written like this: SET severity 3" \
    "x.convo.txt:10:1: 'TIER' does not stand below #begin: there are CLOCK, SEED, SET and INCLUDE" \
    "x.convo.txt:11:1: 'hello' does not stand below #begin: there are CLOCK, SEED, SET and INCLUDE" \
    "x.convo.txt:14:1: '2h' is no time that passes; write '+90s', '+2h' or '+3 days'" \
    "x.convo.txt:15:1: '+2 moons' is no time that passes; write '+90s', '+2h' or '+3 days'" <<'END'
title
#begin
SEED x
SEED 4294967296
CLOCK noon
CLOCK 2026-02-29
CLOCK 2026-02-28T24:00
SET
SET severity
TIER none
hello
#me
hello
CLOCK 2h
CLOCK +2 moons
#bot
TIER none
END
refuses 'bytes' \
    "x.convo.txt:3:1: 'BYTES' is written like this: BYTES 68 69 ff" \
    "x.convo.txt:4:1: 'BYTES' is written like this: BYTES 68 69 ff" \
    "x.convo.txt:5:1: 'BYTES' is written like this: BYTES 68 69 ff" <<'END'
title
#me
BYTES
BYTES 6
BYTES 68 6g
BYTES 68	69
#bot
TIER none
END
refuses 'names that the pack does not have' \
    "x.convo.txt:3:1: the pack has no slot 'severty'; did you mean 'severity'?" \
    "x.convo.txt:7:1: the pack has no finding 'moold'; did you mean 'mould'?" \
    "x.convo.txt:8:1: the pack has no topic 'numbness'" \
    "x.convo.txt:9:1: the pack has no response 'greting'; did you mean 'greeting'?" \
    "x.convo.txt:10:1: the pack has no slot 'windo'; did you mean 'window'?" <<'END'
title
#begin
SET severty 3
#me
hello
#bot
!FINDING moold
!TOPIC numbness
RESPONSE greting
SLOT windo
!FINDING no_such_*
END

# ---- What is shared

refuses 'lists' \
    "x.convo.txt:3:1: no *.utterances.txt is named 'UTT_SOLI', here or in a folder above; did you mean 'UTT_SOIL'?" \
    "x.convo.txt:5:1: no *.utterances.txt is named 'UTT_NONE', here or in a folder above; did you mean 'UTT_SOIL'?" \
    "x.convo.txt:8:1: a list stands alone below #me; to say its name, write '\\' before it" <<'END'
title
#me
UTT_SOLI
#bot
UTT_NONE
#me
hello
UTT_SOIL
#bot
*
END
refuses 'includes' \
    "x.convo.txt:2:1: no *.pconvo.txt is named 'nothing', here or in a folder above" \
    "loops.pconvo.txt:4:1: 'loops' includes itself: loops.pconvo.txt is being read already" \
    "begins.pconvo.txt:2:1: #begin stands in the transcript, not in what it includes" \
    "x.convo.txt:9:1: 'INCLUDE' is written like this: INCLUDE name" <<'END'
title
#include nothing
#me
hello
INCLUDE loops
#include
begins
#bot
INCLUDE
*
END

# ---- What is fine

printf '\357\273\277a title\r\n\r\n#me \r\n\t hello  \r\n\r\n# bot\r\n  *  \r\n\tTIER none\t\r\n\r\n\r\n \r\n' |
    accepts 'a mark at the start, CRLF, tabs, blank lines'
printf 'a title\n#me\nhello\n#bot\n*' | accepts 'no end of line'
accepts 'escapes, comments, lists, a long line' <<END
a title
// a comment in the description
#me
// a comment
\\TIER none
#bot
*
#me
\\
#bot
RESPONSE empty
\\I am all ears.
!NHS*
!\\*all*
!\\\\*
#me
\\#me
#bot
*
#me
UTT_SOIL
#bot
$(awk 'BEGIN { for (i = 0; i < 200000; i++) printf "*" }')gardener.
END

finish transcript_errors_test
