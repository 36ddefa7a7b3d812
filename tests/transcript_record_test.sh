#!/bin/sh
# transcript_record_test.sh - conversations written down: /save in the chat,
# backtalk test --record; what is written passes as it is.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

record() { # record CODE ARGUMENT...: standard input to $work/dialogues
    wanted=$1
    shift
    (cd "$work/dialogues" && exec "$BACKTALK" test --record "$@") \
        >"$work/out" 2>"$work/err"
    code=$?
    equals "backtalk test --record $*: exit" "$code" "$wanted"
}

fresh
printf 'hello\nthe soil is mouldy, 7 out of 10, since monday\nhow do i repot it\nbye the way\n' |
    record 0 talk
equals '--record' "$(cat "$work/dialogues/talk.convo.txt")" 'talk

#me
hello

#bot
// Hello! How is your plant?
RESPONSE greeting
TIER none
TOPIC greeting

#me
the soil is mouldy, 7 out of 10, since monday

#bot
// With mould, ask a gardener.
RESPONSE rise_professional
TIER professional
TOPIC when_to_ask
FINDING mould present
SLOT severity 7
SLOT onset monday
TECHNIQUE no

#me
how do i repot it

#bot
// I will not say how, because of mould: ask a gardener.
RESPONSE refuse_professional
TIER professional
TOPIC when_to_ask
TECHNIQUE no

#me
bye the way

#bot
// Sorry, say that in other words?
RESPONSE fallback_1
TIER professional
TECHNIQUE no'
run 0 talk.convo.txt
echo hello | record 4 talk
matches 'nothing is written over' "$(cat "$work/err")" \
    'backtalk: cannot write talk: there is a file of that name already'
echo hello | record 4 /nowhere/talk
matches 'no such folder' "$(cat "$work/err")" 'backtalk: cannot write /nowhere/talk: ?*'
record 4 empty </dev/null
matches 'nothing said' "$(cat "$work/err")" 'backtalk: nothing was said: the input is empty'
[ -e "$work/dialogues/empty.convo.txt" ] && wrong 'nothing said' 'a file' 'none'
awk 'BEGIN { for (i = 0; i < 70000; i++) printf "x" }' | record 4 long
matches 'a message above the limit' "$(cat "$work/err")" 'backtalk: line 1: the message has 70000 bytes*'
record 2 a b </dev/null
echo hello | record 0 --seed 5
cp "$work/out" "$work/dialogues/stdout.convo.txt"
matches 'to standard output' "$(head -n 4 "$work/out" | tr '\n' '~')" 'A dialogue that was recorded~~#begin~SEED 5~'
run 0 stdout.convo.txt
if [ -w /dev/full ]; then
    echo hello | (cd "$work/dialogues" && "$BACKTALK" test --record >/dev/full 2>&1)
    equals 'a full disk: exit' $? 4
fi

# Whatever is said, what is written is read back as the same.
fresh
# shellcheck disable=SC1003
printf '%s\n' '#me' '#' '\' '\\x' '// a' '//' '//a' 'TIER none' 'CLOCK +2h' 'INCLUDE x' \
    'UTT_X' 'UTTER' 'NHS' '' '  ' ' x ' '*' 'a * b' '?' '! no' "a\\*b" 'é 👍 ﬁ' |
    record 0 odd
printf 'a\000b\nx\377y\n\001\033[2J\n' | record 0 bytes
run 0 .
said=$(awk '/^#me/ { getline; print }' "$work/dialogues/odd.convo.txt")
matches 'backslashes' "$said" '\\#me
\\#
\\\\
\\\\\\x
\\// a
\\//
//a
\\TIER none
\\CLOCK +2h
\\INCLUDE x
\\UTT_X
*'

# ---- /save

chat() {
    (cd "$work/dialogues" && exec "$BACKTALK" chat "$@") >"$work/out" 2>"$work/err" ||
        wrong 'chat' "$(cat "$work/err")" 'exit 0'
}
fresh
printf '/save early\nhello\n/save\nthe soil is mouldy\n/save a talk\n/reset\nhello\n/save  b.convo.txt \n/save b\n/save /nowhere/c\n' |
    chat --seed 3
matches '/save' "$(cat "$work/out")" 'Nothing was said that could be saved.
*
/save needs a name: /save FILE
*
Saved as a talk.convo.txt; '"'backtalk test a talk.convo.txt' plays it."'
*
Saved as b.convo.txt; *
b was not written: there is a file of that name already.

/nowhere/c was not written: ?*'
equals 'what stands there' "$(ls "$work/dialogues")" 'a talk.convo.txt
b.convo.txt'
equals 'since /reset' "$(grep -c '^#me' "$work/dialogues/b.convo.txt")" 1
run 0 .

finish transcript_record_test
