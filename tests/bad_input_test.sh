#!/bin/sh
# bad_input_test.sh - odd messages through each door of the program: a pipe,
# -e, and JSON-RPC. There is a reply, the exit status is 0, and a red flag that
# can be read is read.
# In: $BACKTALK, the program; the shipped pack in the working directory.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BACKTALK_PACK
export HOME="$work"
failed=0

wrong() { # wrong CASE DOOR WHAT
    failed=1
    printf 'FAILED: %s, through %s: %s\n' "$1" "$2" "$3"
}

# replied CASE DOOR STATUS WANTED: $work/out holds a reply with the words
replied() {
    [ "$3" = 0 ] || wrong "$1" "$2" "exit $3"
    tr -d '\000' <"$work/out" >"$work/text"
    grep -q '[a-z]' "$work/text" || wrong "$1" "$2" 'no reply'
    grep -q -e "$4" "$work/text" || wrong "$1" "$2" "no '$4' in the reply"
}

# as_json: standard input as a JSON string; the bytes of odd.txt are UTF-8
as_json() {
    sed 's/\\/\\\\/g; s/"/\\"/g; s/	/\\t/g' |
        awk 'NR > 1 { printf "\\n" } { printf "%s", $0 }' |
        tr -d '\001-\037'
}

# says CASE WANTED TEXT (for printf): the text through all doors. A message of
# several lines is several messages for a pipe.
says() {
    # shellcheck disable=SC2059
    printf "$3" >"$work/odd.txt"
    { cat "$work/odd.txt"; echo; } | "$BACKTALK" >"$work/out" 2>"$work/err"
    replied "$1" 'a pipe' $? "$2"
    if [ "$(wc -c <"$work/odd.txt")" -lt 100000 ]; then
        "$BACKTALK" -e "$(cat "$work/odd.txt")" >"$work/out" 2>"$work/err"
        replied "$1" -e $? "$2"
    fi
    {
        printf '{"jsonrpc":"2.0","id":1,"method":"say","params":'
        printf '{"session":"s","text":"'
        as_json <"$work/odd.txt"
        printf '"}}\n'
    } | "$BACKTALK" serve --stdio >"$work/out" 2>"$work/err"
    replied "$1" stdio $? "$2"
}

words='[a-z]'
alarm='112'
says 'blanks' "$words" '   '
says 'nothing but emoji' "$words" '\360\237\230\200\360\237\230\255'
says 'nothing that can be seen' "$words" '\342\200\213\342\200\215'
says 'a text from right to left' "$words" \
    '\327\233\327\225\327\220\327\221 \327\234\327\231 \327\224\327\222\327\221'
says 'an alarm among it' "$alarm" \
    '\330\271\331\206\330\257\331\212 chest pain \330\250'
says 'control characters' "$alarm" 'i have \007chest\177 pain\033'
says 'a mark of byte order' "$alarm" '\357\273\277i have chest pain'
says 'a paste of lines' "$alarm" \
    'hello\n\nmy back is stiff\nI have chest pain\nwhat now?'
says 'the same from Windows' "$alarm" \
    'hello\r\nmy back is stiff\r\nI have chest pain\r\n'
says 'quotes and backslashes' "$alarm" 'i \\have\\ "chest pain" \\n'

# Bytes that JSON cannot carry: a pipe and -e only.
for odd in 'i have chest pain\377' '\300\257i have chest pain' \
    'i have \355\240\200 chest pain \360\237'; do
    # shellcheck disable=SC2059
    printf "$odd\n" >"$work/in"
    "$BACKTALK" <"$work/in" >"$work/out" 2>&1
    replied 'broken UTF-8' 'a pipe' $? "$alarm"
    "$BACKTALK" -e "$(cat "$work/in")" >"$work/out" 2>&1
    replied 'broken UTF-8' -e $? "$alarm"
done
printf 'i have\000 chest pain\000\n' | "$BACKTALK" >"$work/out" 2>&1
replied 'NUL bytes' 'a pipe' $? "$alarm"

# long N: N bytes, an alarm among them
long() {
    awk -v size="$1" 'BEGIN {
        printf "I have chest pain. "
        for (i = 19; i < size; i++) printf "%s", i % 8 ? "x" : " " }'
}
says '64 KiB in a line' "$alarm" "$(long 65536)"
{ long 65537; echo; echo 'hello'; } | "$BACKTALK" >"$work/out" 2>"$work/err"
replied 'a byte more' 'a pipe' $? 'I could not read that message'

[ $failed = 0 ] && echo 'bad_input_test: ok'
exit $failed
