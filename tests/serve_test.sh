#!/bin/sh
# serve_test.sh - backtalk serve --stdio: every method, every error, and lines
# of every kind that must not end it.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top.
set -u
: "${BACKTALK:?the program to test}"
[ -x "$BACKTALK" ] || { echo "no program $BACKTALK"; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export BACKTALK_PACK="$PWD/tests/packs/minimal"
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

serve() {
    "$BACKTALK" serve --stdio
}

# answers CASE LINE PATTERN: the one line of output
answers() {
    got=$(printf '%s\n' "$2" | serve)
    code=$?
    [ "$code" = 0 ] || wrong "$1: exit" "$code" 0
    matches "$1" "$got" "$3"
}

# session CASE PATTERN: the last line that the calls on stdin are answered with
session() {
    got=$(serve | tail -n 1)
    matches "$1" "$got" "$2"
}

# call ID METHOD PARAMS
call() {
    printf '{"jsonrpc":"2.0","id":%s,"method":"%s","params":%s}\n' "$@"
}

refused() {
    printf '{"jsonrpc":"2.0","id":%s,"error":{"code":%s,"message":"%s"}}' "$@"
}

# ---- Methods

answers 'say has the documented shape' \
    "$(call 1 say '{"session":"s1","text":"the soil is mouldy"}')" \
    '{"jsonrpc":"2.0","id":1,"result":{"session":"s1","messages":\[{"text":"*"}*],"tier":"*","topic":"*","technique":*,"findings":\[*],"slots":{*}}}'
answers 'say finds in bytes of the message' \
    "$(call 1 say '{"session":"s1","text":"the soil is mouldy"}')" \
    '*"tier":"professional"*"findings":\[{"name":"mould","polarity":"present","start":12,"end":18}*'
answers 'say tells what may be said next' \
    "$(call 1 say '{"session":"s1","text":"how often do I water it?"}')" \
    '*"slots":{*},"quick":\["?*"]}}'
answers 'Markdown is told when it is asked for' \
    "$(call 1 say '{"session":"s1","text":"my cat ate a lily","markdown":true}')" \
    '*"messages":\[{"text":"Whoever ate it: call the poison line now.","markdown":"Whoever ate it: call the poison line now."}*'
answers 'and only then' \
    "$(call 1 say '{"session":"s1","text":"hi","markdown":false}')" \
    '*"messages":\[{"text":"*"}],*'
answers 'it is asked for with true' \
    "$(call 1 say '{"session":"s1","text":"hi","markdown":"yes"}')" \
    "$(refused 1 -32602 'params.markdown: a string, where true or false is wanted')"
answers 'params that are not known are let be' \
    "$(call 1 say '{"session":"s1","text":"hi","lang":"en","x":[1]}')" \
    '*"result":{"session":"s1"*'
{
    call 1 say '{"session":"s1","text":"the soil is mouldy"}'
    call 2 say '{"session":"s2","text":"hi"}'
} | session 'sessions are apart' '*"session":"s2"*"tier":"none"*'
{
    call 1 say '{"session":"s1","text":"the soil is mouldy"}'
    call 2 say '{"session":"s1","text":"hello"}'
} | session 'a session remembers' '*"id":2*"tier":"professional"*'
{
    call 1 say '{"session":"s1","text":"the soil is mouldy"}'
    call 2 reset '{"session":"s1"}'
    call 3 say '{"session":"s1","text":"hello"}'
} | session 'reset forgets' '*"id":3*"tier":"none"*'
answers 'reset of a session that is not there' \
    "$(call 1 reset '{"session":"new"}')" \
    '{"jsonrpc":"2.0","id":1,"result":{"session":"new"}}'
{
    call 1 say '{"session":"s1","text":"hello"}'
    call 2 forget '{"session":"s1"}'
} | session 'forget answers' '{"jsonrpc":"2.0","id":2,"result":{"session":"s1"}}'
{
    call 1 say '{"session":"s1","text":"the soil is mouldy"}'
    call 2 forget '{"session":"s1"}'
    call 3 say '{"session":"s1","text":"hello"}'
} | session 'forget forgets' '*"id":3*"tier":"none"*'
{
    call 1 say '{"session":"a","text":"hello"}'
    call 2 say '{"session":"b","text":"the soil is mouldy"}'
    call 3 forget '{"session":"a"}'
    call 4 say '{"session":"b","text":"hello"}'
} | session 'forgetting one leaves the other' '*"id":4*"tier":"professional"*'
{
    call 1 say '{"session":"s1","text":"hello"}'
    call 2 state '{"session":"s1"}'
} | session 'state' '{"jsonrpc":"2.0","id":2,"result":{"session":"s1","state":{*}}}'
{
    call 1 say '{"session":"s1","text":"hello"}'
    call 2 explain '{"session":"s1"}'
} | session 'explain' \
    '{"jsonrpc":"2.0","id":2,"result":{"session":"s1","explanation":{*"replies":*}}}'
{
    call 1 say '{"session":"s1","text":"the soil is mouldy"}'
    call 2 say '{"session":"s2","text":"hi"}'
    call 3 explain '{"session":"s1"}'
} | session 'explain after another session spoke' \
    '*"id":3*"explanation":{*"mould"*'
{
    call 1 say '{"session":"s1","text":"hello"}'
    call 2 reset '{"session":"s1"}'
    call 3 explain '{"session":"s1"}'
} | session 'nothing to explain after a reset' '*"id":3*"code":-32002*'
answers 'info' '{"jsonrpc":"2.0","id":1,"method":"info"}' \
    '*"result":{"version":"*"pack":{"name":"*"title":"*"topics":*"findings":*"responses":*"slots":*"methods":\["say","set","reset","forget","state","explain","info"]}}'

# ---- Variables and actions

mkdir "$work/pack"
cp -r tests/packs/minimal/* "$work/pack"
cp -r tests/packs/variables/* tests/packs/actions/* "$work/pack"
export BACKTALK_PACK="$work/pack"
answers 'set' "$(call 1 set '{"session":"s1","name":"plan","value":"paid"}')" \
    '{"jsonrpc":"2.0","id":1,"result":{"session":"s1","value":"paid"}}'
answers 'set to a number' \
    "$(call 1 set '{"session":"s1","name":"degrees","value":21.50}')" \
    '*"result":{"session":"s1","value":"21.5"}}'
{
    call 1 say '{"session":"s1","text":"any advice?"}'
    call 2 set '{"session":"s1","name":"plan","value":"paid"}'
    call 3 say '{"session":"s1","text":"any advice?"}'
} | session 'what is set counts' '*"id":3*"Buy the paid one."*'
{
    call 1 set '{"session":"s1","name":"plan","value":"paid"}'
    call 2 state '{"session":"s1"}'
} | session 'state tells it' '*"variables":\[{"name":"plan","value":"paid"*'
{
    call 1 set '{"session":"s1","name":"owner","value":"ann"}'
    call 2 set '{"session":"s1","name":"owner","value":null}'
} | session 'null is no value' '{*"id":2*"result":{"session":"s1","value":null}}'
while read -r params; do
    answers "set $params" "$(call 1 set "$params")" \
        '{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"*"}}'
done <<'PARAMS'
{"session":"s1","name":"plan","value":"owed"}
{"session":"s1","name":"plann","value":"paid"}
{"session":"s1","name":"owner","value":"a\u0000b"}
{"session":"s1","name":"plan","value":["paid"]}
{"session":"s1","name":"plan"}
{"session":"s1","value":"paid"}
{"name":"plan","value":"paid"}
PARAMS
answers 'say tells what the host is to do' \
    "$(call 1 say '{"session":"s1","text":"i am ann, remind me"}')" \
    '*"actions":\[{"name":"remind","arguments":{"what":"to water, {weekly}","who":"ann","times":"0"}}]*'
got=$("$BACKTALK" --json -e 'the bell')
matches '-e --json tells it, too' "$got" \
    '*"actions":\[{"name":"ring","arguments":{}},{"name":"remind"*'
export BACKTALK_PACK="$PWD/tests/packs/minimal"

# ---- Ids, notifications, batches

hi='"params":{"session":"s","text":"hi"}'
while read -r id; do
    answers "id $id comes back" \
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"method\":\"info\"}" \
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":*"
done <<'IDS'
0
-7
9007199254740993
1.5
"one"
""
"é"
null
IDS
answers 'a notification has no answer' \
    '{"jsonrpc":"2.0","method":"say",'"$hi"'}' ''
answers 'nor has one of a method that is not there' \
    '{"jsonrpc":"2.0","method":"nope"}' ''
{
    printf '%s\n' '{"jsonrpc":"2.0","method":"say","params":{"session":"s","text":"the soil is mouldy"}}'
    call 2 say '{"session":"s","text":"hello"}'
} | session 'but it is carried out' '*"id":2*"tier":"professional"*'
answers 'a batch has one answer' \
    '[{"jsonrpc":"2.0","id":1,"method":"info"},{"jsonrpc":"2.0","id":2,"method":"say",'"$hi"'}]' \
    '\[{"jsonrpc":"2.0","id":1,"result":*},{"jsonrpc":"2.0","id":2,"result":*}]'
answers 'a batch with notifications and nonsense' \
    '[{"jsonrpc":"2.0","method":"info"},1,{"jsonrpc":"2.0","id":"a","method":"say",'"$hi"'}]' \
    '\[{"jsonrpc":"2.0","id":null,"error":{"code":-32600*},{"jsonrpc":"2.0","id":"a","result":*}]'
answers 'a batch of notifications' '[{"jsonrpc":"2.0","method":"info"}]' ''
answers 'an empty batch' '[]' \
    "$(refused null -32600 'a batch without calls')"
answers 'a batch that is too long' \
    "[$(awk 'BEGIN { for (i = 0; i < 1000; i++) printf "1," }')1]" \
    "$(refused null -32600 'a batch of more than 1000 calls')"

# ---- Errors

# Each line: code, tab, line.
tab=$(printf '\t')
while IFS=$tab read -r code line; do
    answers "$line" "$line" \
        '{"jsonrpc":"2.0","id":null,"error":{"code":'"$code"',"message":"?*"}}'
done <<'LINES'
-32700	{
-32700	}
-32700	[
-32700	nonsense
-32700	{"jsonrpc":"2.0","id":1,"method":"info"
-32700	{"jsonrpc":"2.0","id":1,"method":"info"}}
-32700	{"jsonrpc":"2.0","id":1,"method":"info"} {}
-32700	{'jsonrpc':'2.0'}
-32700	{"a":1,}
-32700	{"a" 1}
-32700	{"a":01}
-32700	{"a":1e999}
-32700	{"a":99999999999999999999999}
-32700	"\ud800"
-32700	"\x"
-32700	"open
-32700	NaN
-32700	// comment
-32600	1
-32600	null
-32600	true
-32600	"text"
-32600	{}
-32600	{"id":[1]}
-32600	{"jsonrpc":"2.0"}
-32600	{"jsonrpc":"2.0","method":"info","id":{}}
-32600	{"jsonrpc":"2.0","method":"info","id":true}
LINES
while IFS=$tab read -r code line; do
    answers "$line" "$line" \
        '{"jsonrpc":"2.0","id":1,"error":{"code":'"$code"',"message":"?*"}}'
done <<'LINES'
-32600	{"id":1}
-32600	{"id":1,"method":"info"}
-32600	{"id":1,"jsonrpc":"1.0","method":"info"}
-32600	{"id":1,"jsonrpc":2.0,"method":"info"}
-32600	{"id":1,"jsonrpc":"2.0"}
-32600	{"id":1,"jsonrpc":"2.0","method":7}
-32600	{"id":1,"jsonrpc":"2.0","method":null}
-32600	{"id":1,"jsonrpc":"2.0","method":"info\u0000"}
-32601	{"id":1,"jsonrpc":"2.0","method":""}
-32601	{"id":1,"jsonrpc":"2.0","method":"SAY"}
-32601	{"id":1,"jsonrpc":"2.0","method":"rpc.discover"}
-32602	{"id":1,"jsonrpc":"2.0","method":"say"}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":null}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":"hi"}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":["s","hi"]}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{}}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{"text":"hi"}}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{"session":"s"}}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{"session":1,"text":"hi"}}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{"session":"","text":"hi"}}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{"session":"a\u0000","text":"hi"}}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{"session":"s","text":null}}
-32602	{"id":1,"jsonrpc":"2.0","method":"say","params":{"session":"s","text":["hi"]}}
-32602	{"id":1,"jsonrpc":"2.0","method":"reset"}
-32602	{"id":1,"jsonrpc":"2.0","method":"forget","params":{}}
-32602	{"id":1,"jsonrpc":"2.0","method":"state","params":{"session":false}}
-32602	{"id":1,"jsonrpc":"2.0","method":"explain","params":[]}
-32602	{"id":1,"jsonrpc":"2.0","method":"info","params":[1]}
-32003	{"id":1,"jsonrpc":"2.0","method":"forget","params":{"session":"nobody"}}
-32003	{"id":1,"jsonrpc":"2.0","method":"state","params":{"session":"nobody"}}
-32003	{"id":1,"jsonrpc":"2.0","method":"explain","params":{"session":"nobody"}}
LINES
answers 'the error names the param' "$(call 1 say '{"session":"s","text":7}')" \
    "$(refused 1 -32602 'params.text: a number, where a string is wanted')"
answers 'the error names the nearest method' "$(call 1 expalin '{}')" \
    "$(refused 1 -32601 "no method 'expalin'; did you mean 'explain'?")"
answers 'the name of a session has a limit' \
    "$(call 1 say "{\"session\":\"$(printf '%257s' x)\",\"text\":\"hi\"}")" \
    '*"code":-32602,"message":"params.session: 257 bytes*'

# ---- Bytes

# bytes CASE PATTERN: the first of the two answers to the file "$work/in"
bytes() {
    call 99 info '{}' >>"$work/in"
    serve <"$work/in" >"$work/out"
    code=$?
    [ "$code" = 0 ] || wrong "$1: exit" "$code" 0
    matches "$1" "$(head -n 1 "$work/out")" "$2"
    matches "$1: goes on" "$(tail -n 1 "$work/out")" '*"id":99,"result"*'
    lines=$(wc -l <"$work/out")
    [ "$lines" -eq 2 ] || wrong "$1: lines" "$lines" 2
}
printf '{"jsonrpc":"2.0","id":"\377\376"}\n' >"$work/in"
bytes 'UTF-8 that is none' '*"id":null*"code":-32700*'
printf '{"jsonrpc":"2.0","id":"\300\257"}\n' >"$work/in"
bytes 'UTF-8 that is too long' '*"id":null*"code":-32700*'
printf '{"jsonrpc":"2.0",\000"id":1}\n' >"$work/in"
bytes 'a NUL byte between' '*"id":null*"code":-32700*'
printf '{"jsonrpc":"2.0","id":"a\000b"}\n' >"$work/in"
bytes 'a NUL byte in a string' '*"id":null*"code":-32700*'
printf '\000\n' >"$work/in"
bytes 'only a NUL byte' '*"id":null*"code":-32700*'
printf '\033[31m\001\177\n' >"$work/in"
bytes 'control characters' '*"id":null*"code":-32700*'
printf '\357\273\277{}\n' >"$work/in"
bytes 'a byte order mark' '*"id":null*"code":-32700*'
printf '\n  \n\t\r\n{"jsonrpc":"2.0","id":1,"method":"info"}\r\n' >"$work/in"
bytes 'empty lines and CRLF' '*"id":1,"result"*'
call 1 say '{"session":"s","text":"the soil\u0000 is mouldy \ud83d\ude00 \u202e"}' \
    >"$work/in"
bytes 'a NUL character reaches the bot' \
    '*"id":1,"result"*"mould"*"start":13,"end":19*'
for text in '' ' ' '\n' '\u0000' '\ud83d\ude00' '\u202eabc' '\ufffd' '\u001b[2J'
do
    call 1 say "{\"session\":\"s\",\"text\":\"$text\"}" >"$work/in"
    bytes "the text \"$text\"" '*"id":1,"result":{*"messages":\[{"text":"?*'
done
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }' >"$work/in"
bytes 'deep nesting' '*"id":null*"code":-32700*'
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"a\":"; print "" }' \
    >"$work/in"
bytes 'deep objects' '*"id":null*"code":-32700*'

# say_long CASE UNIT COUNT PATTERN: a message of COUNT times UNIT
say_long() {
    awk -v unit="$2" -v count="$3" 'BEGIN {
        printf "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"say\","
        printf "\"params\":{\"session\":\"s\",\"text\":\""
        for (i = 0; i < count; i++) printf "%s", unit
        print "\"}}" }' >"$work/in"
    bytes "$1" "$4"
}
say_long 'a message of 64 KiB' 'dry soil' 8192 '*"id":1,"result"*'
say_long 'a byte more' 'x' 65537 '*"id":1,"error":{"code":-32000,*'
say_long 'NUL characters up to the limit' '\\u0000' 65536 '*"id":1,"result"*'
say_long 'a line above the limit' 'x' 1048576 '*"id":null*"code":-32000*'
say_long 'a line far above it' 'xxxxxxxxxxxxxxxx' 1048576 \
    '*"id":null*"code":-32000*'
printf '%s' '{"jsonrpc":"2.0","id":1,"method":"info"}' |
    session 'a last line without its end' '*"id":1,"result"*'
head -c 100000 /dev/urandom >"$work/in"
"$BACKTALK" serve --stdio <"$work/in" >"$work/out" || wrong 'noise' $? 0
bad=$(grep -acv '^{"jsonrpc":"2.0","id":null,"error":{"code":-32[67]00,' \
    "$work/out")
[ "$bad" = 0 ] || wrong 'noise: lines that are no error' "$bad" 0

# ---- Order, limits, ends

awk 'BEGIN { for (i = 1; i <= 2000; i++) {
    printf "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"say\",", i
    printf "\"params\":{\"session\":\"s%d\",\"text\":\"hi\"}}\n", i }
    for (i = 1; i <= 2000; i += 999) {
    printf "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"explain\",", i
    printf "\"params\":{\"session\":\"s%d\"}}\n", i }
    for (i = 1; i <= 2000; i++) {
    printf "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"forget\",", i
    printf "\"params\":{\"session\":\"s%d\"}}\n", (i * 7) % 2000 + 1 }
    print "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"info\"}" }' >"$work/in"
serve <"$work/in" >"$work/out"
got=$(head -n 2000 "$work/out" | awk -F'[:,]' '$4 != NR' | wc -l)
[ "$got" -eq 0 ] || wrong 'answers keep the order' "$got out of order" 0
matches 'the oldest explanation is gone' "$(sed -n 2001p "$work/out")" \
    '*"id":1,"error":{"code":-32002,*'
matches 'a newer one is kept' "$(sed -n 2003p "$work/out")" \
    '*"id":1999,"result"*'
matches 'all are forgotten' "$(tail -n 1 "$work/out")" '*"sessions":0,*'
got=$(tail -n 2001 "$work/out" | grep -c '"error"')
[ "$got" = 0 ] || wrong 'forgetting 2000 sessions: errors' "$got" 0

printf '' | serve >"$work/out" || wrong 'no input: exit' $? 0
[ -s "$work/out" ] && wrong 'no input: output' "$(cat "$work/out")" ''
serve <. >/dev/null 2>&1
code=$?
[ "$code" = 4 ] || wrong 'input that cannot be read: exit' "$code" 4
if [ -w /dev/full ]; then
    call 1 info '{}' | serve >/dev/full 2>"$work/err"
    code=$?
    [ "$code" = 4 ] || wrong 'a full disk: exit' "$code" 4
    matches 'a full disk: stderr' "$(cat "$work/err")" '?*'
fi
code=$({ call 1 info '{}'; sleep 1; call 2 info '{}'; } | {
    serve 2>/dev/null
    echo $? >"$work/code"
} | head -n 0; sleep 2; cat "$work/code")
[ "$code" = 4 ] || wrong 'a reader that left: exit' "$code" 4

# An answer comes before the next call is made.
mkfifo "$work/calls" "$work/answers"
"$BACKTALK" serve --stdio <"$work/calls" >"$work/answers" &
server=$!
exec 3>"$work/calls" 4<"$work/answers"
for id in 1 2 3; do
    call $id info '{}' >&3
    read -r got <&4
    matches 'call and answer in turn' "$got" "*\"id\":$id,\"result\"*"
done
exec 3>&- 4<&-
wait $server || wrong 'end of input: exit' $? 0

[ $failed = 0 ] && echo 'serve_test: ok'
exit $failed
