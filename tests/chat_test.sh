#!/bin/sh
# chat_test.sh - backtalk chat through a pipe: blocks of answers, commands,
# lines of every kind.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top.
set -u
: "${BACKTALK:?the program to test}"
[ -x "$BACKTALK" ] || { echo "no program $BACKTALK"; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset NO_COLOR
export HOME="$work/home" XDG_STATE_HOME="$work/state"
export BACKTALK_PACK="$PWD/tests/packs/minimal"
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

# chat CASE BLOCKS [ARGUMENT...]: stdin to $work/out, which holds so many
# answers
chat() {
    name=$1 wanted=$2
    shift 2
    "$BACKTALK" "$@" >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = 0 ] || wrong "$name: exit" "$code" 0
    [ -s "$work/err" ] && wrong "$name: stderr" "$(cat "$work/err")" ''
    blocks=$(tr -d '\000' <"$work/out" | awk -v RS= 'END { print NR }')
    [ "$blocks" = "$wanted" ] || wrong "$name: answers" "$blocks" "$wanted"
}

# block N: the N-th answer
block() {
    tr -d '\000' <"$work/out" | awk -v RS= -v n="$1" 'NR == n'
}

# ---- Blocks

printf 'hello\nwhen should i water it?\nthe soil is mouldy\n' | chat 'three lines' 3
ends=$(grep -c '^$' "$work/out")
[ "$ends" = 3 ] || wrong 'each answer ends in one empty line' "$ends" 3
cp "$work/out" "$work/three"
printf 'hello\nwhen should i water it?\nthe soil is mouldy' |
    chat 'a last line without its end' 3 chat
cmp -s "$work/three" "$work/out" ||
    wrong 'a last line without its end' "$(cat "$work/out")" "$(cat "$work/three")"
"$BACKTALK" -e hello -e 'when should i water it?' -e 'the soil is mouldy' >"$work/once"
echo >>"$work/once"
cmp -s "$work/three" "$work/once" ||
    wrong '-e says the same' "$(cat "$work/once")" "$(cat "$work/three")"
printf '' | chat 'no input' 0
[ -s "$work/out" ] && wrong 'no input: output' "$(cat "$work/out")" ''
grep -q 'you>' "$work/three" && wrong 'a pipe has no prompt' 'you>' ''
grep -q "$(printf '\033')" "$work/three" && wrong 'a pipe has no colour' x ''
printf 'the soil is mouldy\n' | chat 'colour when asked' 1 --color=always
grep -q "$(printf '\033')\[" "$work/out" || wrong 'colour' 'none' 'escapes'
printf 'the soil is mouldy\n' | chat 'no colour' 1 --color=never
grep -q "$(printf '\033')\[" "$work/out" && wrong '--color=never' 'escapes' ''

# Every answer comes at once.
mkfifo "$work/lines" "$work/answers"
"$BACKTALK" <"$work/lines" >"$work/answers" &
bot=$!
exec 3>"$work/lines" 4<"$work/answers"
for line in hello 'the soil is mouldy' /state; do
    printf '%s\n' "$line" >&3
    read -r got <&4
    matches "at once: $line" "$got" '?*'
    while read -r got <&4 && [ -n "$got" ]; do :; done
done
exec 3>&- 4<&-
wait $bot || wrong 'end of input: exit' $? 0

# ---- Commands

printf '/help\n' | chat '/help' 1
for command in help why state sources save reset quit; do
    grep -q "^/$command  *[a-zF]" "$work/out" ||
        wrong '/help names every command' "$(cat "$work/out")" "/$command"
    grep -q "Ic /$command\( Ar file\)*\$" bot/front/backtalk.1 ||
        wrong 'the man page names every command' 'not there' "/$command"
done
printf 'the soil is mouldy\n/why\n' | chat '/why' 2
matches '/why' "$(block 2)" '*mould*present*professional*replies*'
printf 'it is 7 out of 10\n/why\nthe soil is mouldy\n/why\n' | chat 'values' 4
matches '/why tells a value' "$(block 2)" '*severity = "7", that is 7*'
matches 'and which is not new' "$(block 4)" '*that is 7; told before*'
mkdir "$work/pack"
cp -r tests/packs/minimal/* tests/packs/variables/* "$work/pack"
cp -r tests/packs/redirects/* tests/packs/actions/* "$work/pack"
printf 'a joke, the bell\n/why\na quiz\n/why\n' |
    chat 'other rules' 4 --pack="$work/pack"
matches '/why tells variables' "$(block 2)" '*variables   jokes = "1"*'
matches '/why tells actions' "$(block 2)" '*ring, asked for by bell*'
matches '/why tells what led on' "$(block 4)" '*question_*, led by ask_me (*'
printf '/why\n/sources\n' | chat 'nothing to explain yet' 2
matches 'nothing to explain yet' "$(block 1)" 'There is no reply yet*'
matches 'nothing to cite yet' "$(block 2)" 'There is no reply yet*'
printf 'when should i water it?\n/sources\n/why\n/sources\n' | chat '/sources' 4
matches '/sources' "$(block 2)" '?*:*'
[ "$(block 2)" = "$(block 4)" ] ||
    wrong '/why does not change /sources' "$(block 4)" "$(block 2)"
printf '/state\nthe soil is mouldy\n/state\n' | chat '/state' 3
[ "$(block 1)" = "$(block 3)" ] &&
    wrong '/state shows what was said' "$(block 3)" 'something else'
printf 'the soil is mouldy\n/reset\n/why\n/state\n' | chat '/reset' 4
matches '/reset' "$(block 2)" 'All is forgotten*'
matches '/why after /reset' "$(block 3)" 'There is no reply yet*'
printf '/state\n' | "$BACKTALK" >"$work/fresh"
grep -q ': *$' "$work/fresh" && wrong '/state says none' "$(cat "$work/fresh")" ''
[ "$(block 4)" = "$(awk -v RS= 'NR == 1' "$work/fresh")" ] ||
    wrong '/state after /reset' "$(block 4)" "$(cat "$work/fresh")"
printf 'hello\n/quit\nhello\n' | chat '/quit' 1
printf 'hello\n/quit  \t\r\nhello\n' | chat '/quit and blanks' 1
printf '/\n/foo\n/hlep\n/stat\n/helpme now please\n/why not\n//\n' |
    chat 'commands that are none' 7
matches 'a slash alone' "$(block 1)" "There is no command '/'; /help lists*"
matches '/foo' "$(block 2)" "There is no command '/foo'; /help lists them."
matches '/hlep' "$(block 3)" "There is no command '/hlep'; did you mean '/help'[?]"
matches '/stat' "$(block 4)" "There is no command '/stat'; did you mean '/state'[?]"
matches '/why not' "$(block 6)" '/why stands alone on its line.'
printf '//help\n/why\n' | chat '//help is a message' 2
matches '//help says /help' "$(block 2)" '*/help*'
printf ' /help\n' | chat 'a blank before it makes it a message' 1
matches 'a blank before it' "$(block 1)" '*[!/]*'
grep -q '^/reset' "$work/out" && wrong 'a blank before it' '/help ran' ''
printf '/%5000s\n' x | tr ' ' x | chat 'a long command' 1
printf '/\000help\n/\377\n' | chat 'odd commands' 2

# ---- Lines of every kind

{
    printf '\n \n\t\n\r\n'
    printf '\360\237\230\200\n\342\200\256abc\n'
    printf '\377\376\300\257\n\000\n\033[2J\001\177\n?!\n'
} | chat 'odd lines' 10
printf 'the\000soil is mouldy\n/why\n' | chat 'a NUL byte' 2
matches 'what follows a NUL byte is read' "$(block 2)" '*mould*present*'
printf 'the soil \377 is mouldy\n/why\n' | chat 'a byte that is no UTF-8' 2
matches 'what follows it is read' "$(block 2)" '*mould*present*'
awk 'BEGIN { for (i = 0; i < 8192; i++) printf "dry soil"; print ""
             print "hello" }' | chat '64 KiB' 2
awk 'BEGIN { for (i = 0; i < 65537; i++) printf "x"; print ""
             print "/why"; print "hello" }' | chat 'a byte more' 3
matches 'a byte more' "$(block 1)" 'I could not read that message: ?*'
matches 'a byte more: /why' "$(block 2)" 'There is no reply yet*'
awk 'BEGIN { for (i = 0; i < 300000; i++) printf "xxxxxxxx"; print ""
             print "hello" }' | chat 'a line above all limits' 2
matches 'a line above all limits' "$(block 1)" 'I could not read that message: ?*'
head -c 200000 /dev/urandom >"$work/noise"
"$BACKTALK" <"$work/noise" >/dev/null 2>&1 || wrong 'noise: exit' $? 0

# ---- Ends

"$BACKTALK" <. >/dev/null 2>"$work/err"
code=$?
[ $code = 4 ] || wrong 'input that cannot be read: exit' $code 4
matches 'input that cannot be read' "$(cat "$work/err")" 'backtalk: cannot read*'
if [ -w /dev/full ]; then
    printf 'hello\nhello\n' | "$BACKTALK" >/dev/full 2>"$work/err"
    code=$?
    [ $code = 4 ] || wrong 'a full disk: exit' $code 4
    matches 'a full disk' "$(cat "$work/err")" 'backtalk: cannot write*'
fi
{ echo hello; sleep 1; echo hello; sleep 1; } | {
    "$BACKTALK" 2>"$work/err"
    echo $? >"$work/code"
} | head -n 0
sleep 1
[ "$(cat "$work/code")" = 4 ] ||
    wrong 'a reader that left: exit' "$(cat "$work/code")" 4
[ -s "$work/err" ] && wrong 'a reader that left' "$(cat "$work/err")" ''

# Health talk is private: nothing is written unless asked for, and through a
# pipe not even then.
printf 'the soil is mouldy\n' | chat 'with --history' 1 --history
left=$(find "$work/home" "$work/state" -type f 2>/dev/null)
[ -z "$left" ] || wrong 'nothing is written to disk' "$left" ''

[ $failed = 0 ] && echo 'chat_test: ok'
exit $failed
