#!/bin/sh
# serve_http_test.sh - backtalk serve --http: Rasa's REST channel, every other
# path, every error, and clients that misbehave.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top. Skipped without curl or libmicrohttpd.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
post=webhooks/rest/webhook

# failure CODE REASON: the pattern of an error
failure() {
    printf '{"status":"failure","code":%s,"reason":"%s","message":"?*"}' "$@"
}

# ---- The channel

start --timeout 3
ask 'status' 200 '{"status":"ok"}' "$url/webhooks/rest/"
head_has 'status: type' 'Content-Type: application/json'
ask 'status without the slash' 200 '{"status":"ok"}' "$url/webhooks/rest"
say 'a message' 200 \
    '\[{"recipient_id":"u1","text":"?*","custom":{"tier":"none","topic":"greeting","technique":false,"findings":\[],"slots":{}}}]' \
    u1 hello
head_has 'a message: not kept' 'Cache-Control: no-store'
say 'a finding' 200 \
    '\[{*"custom":{"tier":"professional","topic":"?*","technique":false,"findings":\[{"name":"mould","polarity":"present","start":12,"end":18}],"slots":{}}}]' \
    u1 'the soil is mouldy'
say 'it is remembered' 200 '*"tier":"professional"*' u1 hello
say 'others do not know it' 200 '*"tier":"none"*' u2 hello
say 'buttons' 200 \
    '\[{"recipient_id":"u3","text":"?*","buttons":\[{"title":"how much light does it need","payload":"how much light does it need"}],"custom":*' \
    u3 'how often do I water it?'
say 'a button comes back as its payload' 200 '*"topic":"light"*' \
    u3 'how much light does it need'
say 'only the last message has the rest' 200 \
    '\[{"recipient_id":"u4","text":"?*"},{"recipient_id":"u4","text":"?*"custom"*' \
    u4 'the soil is mouldy, how much light does it need?'
ask 'metadata' 200 '\[{*' -d \
    '{"sender":"u5","message":"hi","metadata":{"a":[1]},"input_channel":"x"}' "$url/$post"
ask 'a slot is a number' 200 '*"slots":{"severity":7}}*' -d \
    "$(json u5 '7 out of 10')" "$url/$post"
ask 'characters' 200 '\[{"recipient_id":"ü \\" 猫",*' -d \
    '{"sender":"\u00fc \" 猫","message":"\ud83d\ude00 \u0000 h\u00e9llo"}' "$url/$post"
ask 'a stream' 200 '{"recipient_id":"u6","text":"?*}
{"recipient_id":"u6",*"custom":{*}' \
    -d "$(json u6 'the soil is mouldy, how much light does it need?')" \
    "$url/$post?stream=true"
head_has 'a stream: type' 'Content-Type: text/event-stream'
[ "$(wc -l <"$work/body")" = 2 ] || wrong 'a stream: lines' "$got" 2
ask 'no stream' 200 '\[{*' -d "$(json u6 hi)" "$url/$post?stream=false"
ask 'an empty text' 200 '\[{*' -d "$(json u6 '')" "$url/$post"

# ---- What else there is

ask 'health' 200 '{"status":"ok","version":"*","pack":"plants","title":"The plant bot","opening":"I know*"}' "$url/health"
ask 'the page' 200 '<!doctype html>*</html>' "$url/"
head_has 'the page: type' 'Content-Type: text/html; charset=utf-8'
head_has 'the page: policy' "default-src 'none'"
ask 'HEAD' 200 'HTTP/1.1 200 OK*' -I "$url/health"
ask 'forget' 204 '' -X DELETE "$url/sessions/u1"
say 'it is forgotten' 200 '*"tier":"none"*' u1 hello
ask 'forget who is not there' 204 '' -X DELETE "$url/sessions/nobody"
ask 'forget an odd name' 204 '' -X DELETE "$url/sessions/%C3%BC%20%22%20%E7%8C%AB"
ask 'forget no name' 400 "$(failure 400 wrong_type)" -X DELETE "$url/sessions/"
say 'nothing is understood' 200 '*"topic":""*' u2 'colourless green ideas'
ask 'metrics' 200 '*' "$url/metrics"
head_has 'metrics: type' 'Content-Type: text/plain; version=0.0.4'
for line in 'backtalk_turns_total{tier="professional"} 6' \
    'backtalk_turns_total{tier="emergency"} 0' 'backtalk_fallbacks_total 1' \
    'backtalk_turn_seconds_bucket{le="+Inf"} 15' \
    'backtalk_turn_seconds_count 15' 'backtalk_sessions 6' \
    'backtalk_sessions_forgotten_total 3' \
    'backtalk_http_answers_total{status="400"} 1' \
    'backtalk_reloads_total{result="ok"} 0'; do
    grep -qxF "$line" "$work/body" || wrong 'metrics' "$got" "$line"
done
odd=$(grep -vcE '^(# (HELP|TYPE) backtalk_[a-z_]+ .+|backtalk_[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.]+)$' "$work/body")
[ "$odd" = 0 ] || wrong 'metrics: lines of no form' "$odd" 0
grep -qE 'mould|hello|u1' "$work/body" && wrong 'metrics: what was said' "$got" 'numbers'

# ---- Errors

ask 'no such path' 404 "$(failure 404 no_such_path)" "$url/nothing"
ask 'no such path above' 404 "$(failure 404 no_such_path)" --path-as-is "$url/../etc/passwd"
ask 'the wrong method' 405 "$(failure 405 wrong_method)" "$url/$post"
head_has 'the wrong method: the right one' 'Allow: POST, OPTIONS'
ask 'POST of the page' 405 "$(failure 405 wrong_method)" -d x "$url/"
ask 'a strange method' 405 "$(failure 405 wrong_method)" -X BREW "$url/health"
ask 'OPTIONS' 204 '' -X OPTIONS "$url/$post"
head_has 'OPTIONS: what is allowed' 'Allow: POST, OPTIONS'
while IFS= read -r body; do
    ask "not JSON: $body" 400 "$(failure 400 not_json)" -d "$body" "$url/$post"
done <<'BODIES'
{
{"sender":"u","message":"hi"
{"sender":"u","message":"hi"}}
{'sender':'u'}
nonsense
"\ud800"
sender=u&message=hi
BODIES
ask 'no body' 400 "$(failure 400 not_json)" -X POST "$url/$post"
printf '{"sender":"u","message":"\377\376"}' >"$work/in"
ask 'UTF-8 that is none' 400 "$(failure 400 not_json)" --data-binary "@$work/in" "$url/$post"
head -c 100000 /dev/urandom >"$work/in"
ask 'noise' 400 "$(failure 400 not_json)" --data-binary "@$work/in" "$url/$post"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }' >"$work/in"
ask 'deep nesting' 400 "$(failure 400 not_json)" --data-binary "@$work/in" "$url/$post"
while IFS= read -r body; do
    ask "wrong type: $body" 400 "$(failure 400 wrong_type)" -d "$body" "$url/$post"
done <<'BODIES'
[]
1
null
"hi"
{}
{"sender":"u"}
{"message":"hi"}
{"sender":1,"message":"hi"}
{"sender":null,"message":"hi"}
{"sender":"","message":"hi"}
{"sender":"a\u0000b","message":"hi"}
{"sender":"u","message":null}
{"sender":"u","message":["hi"]}
{"sender":"u","message":{"text":"hi"}}
BODIES
ask 'the error names the key' 400 '*"message":"message: a number, where a string is wanted"}' \
    -d '{"sender":"u","message":7}' "$url/$post"
say 'a sender that is too long' 400 "$(failure 400 wrong_type)" "$(printf '%257s' x)" hi
long() { awk -v count="$1" 'BEGIN { printf "{\"sender\":\"long\",\"message\":\""
    for (i = 0; i < count; i++) printf "x"; printf "\"}" }' >"$work/in"; }
long 65536
ask 'a message of 64 KiB' 200 '\[{*' --data-binary "@$work/in" "$url/$post"
long 65537
ask 'a byte more' 413 "$(failure 413 message_too_long)" --data-binary "@$work/in" "$url/$post"
long 2000000
ask 'a body above the limit' 413 "$(failure 413 too_long)" --data-binary "@$work/in" "$url/$post"
ask 'the same in chunks' 413 "$(failure 413 too_long)" -H 'Transfer-Encoding: chunked' \
    --data-binary "@$work/in" "$url/$post"
head -c 10000000 /dev/zero >"$work/in"
ask 'a body of 10 MB' 413 '*' -H 'Expect:' --data-binary "@$work/in" "$url/$post"
say 'it goes on' 200 '\[{*' u7 hello

# ---- Clients that misbehave

printf 'nonsense\r\n\r\n' | raw 'no HTTP' '*'
printf 'POST /%s HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"sender' "$post" |
    raw 'half a body' '*'
printf 'POST /%s HT' "$post" | raw 'half a head' '*'
{
    printf 'GET /health HTTP/1.1\r\nHost: x\r\nX: '
    head -c 100000 /dev/zero | tr '\0' x
    printf '\r\n\r\n'
} | raw 'a head that is too long' '*'
printf 'POST /%s HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n' "$post" |
    raw 'a length below 0' '*'
{
    for _ in 1 2; do printf 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n'; done
    printf 'GET /webhooks/rest/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
} | raw 'requests in one go' '*plants*plants*{"status":"ok"}'
say 'it still goes on' 200 '\[{*' u7 hello

# Many at once; each has its own conversation, or all have one.
for sender in many one; do
    awk -v url="$url/$post" -v sender="$sender" 'BEGIN {
        for (i = 1; i <= 50; i++) {
            printf "%surl = \"%s\"\nsilent\noutput = /dev/null\n", (i > 1 ? "next\n" : ""), url
            printf "write-out = \"%%{http_code}\\n\"\n"
            printf "data = \"{\\\"sender\\\":\\\"%s%s\\\",\\\"message\\\":\\\"hello\\\"}\"\n",
                sender, (sender == "many" ? i : "")
        } }' >"$work/calls"
    got=$(curl -sZ --no-progress-meter --parallel-max 20 -K "$work/calls" | sort | uniq -c | tr -s ' ')
    matches "50 at once, $sender" "$got" ' 50 200'
done
ask 'all of them were counted' 200 '*backtalk_sessions 59*' "$url/metrics"
kill -0 "$server" || wrong 'it is still there' 'gone' 'there'
stop
grep -qE 'hello|mould|u1' "$work/log" && wrong 'the log: what was said' "$(cat "$work/log")" 'events'

# ---- Slow clients

start --timeout 1
mkfifo "$work/slow"
exec 3<>"$work/slow"
printf 'POST /%s HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{' "$post" >&3
raw 'a client that stops' '*' <"$work/slow"
while printf 'G' && sleep 0.3; do :; done >&3 2>/dev/null &
drip=$!
raw 'a client that drips' '*' <"$work/slow"
kill $drip
exec 3>&-
say 'others are served' 200 '\[{*' u1 hello
stop

# ---- The token

BACKTALK_TOKEN=secret-word
export BACKTALK_TOKEN
start --log=text
unset BACKTALK_TOKEN
say 'without the token' 401 "$(failure 401 token)" u1 hello
head_has 'what is wanted' 'WWW-Authenticate: Bearer'
say 'with a wrong one' 401 "$(failure 401 token)" u1 hello -H 'Authorization: Bearer secret-worm'
say 'with a short one' 401 "$(failure 401 token)" u1 hello -H 'Authorization: Bearer secret'
say 'with a long one' 401 "$(failure 401 token)" u1 hello -H 'Authorization: Bearer secret-words'
say 'with none' 401 "$(failure 401 token)" u1 hello -H 'Authorization: Bearer '
say 'with another kind' 401 "$(failure 401 token)" u1 hello -H 'Authorization: Basic secret-word'
say 'with the token' 200 '\[{*' u1 hello -H 'Authorization: Bearer secret-word'
ask 'in the query' 200 '\[{*' -d "$(json u1 hi)" "$url/$post?token=secret-word&stream=no"
ask 'wrong in the query' 401 "$(failure 401 token)" -d "$(json u1 hi)" "$url/$post?token=x"
ask 'metrics want it' 401 "$(failure 401 token)" "$url/metrics"
ask 'so does forgetting' 401 "$(failure 401 token)" -X DELETE "$url/sessions/u1"
ask 'health does not' 200 '{"status":"ok"*' "$url/health"
ask 'nor does the page' 200 '<!doctype*' "$url/"
stop
matches 'the log has text when asked' "$(cat "$work/log")" '*"event":"turn"*"sender":"u1","said":"hello","answered":\[{*'
grep -q secret "$work/log" && wrong 'the log: the token' "$(cat "$work/log")" 'none'
printf 'from a file\n' >"$work/token"
start --token-file "$work/token" --log=turns
say 'the token of a file' 200 '\[{*' u1 hello -H 'Authorization: Bearer from a file'
say 'another' 401 "$(failure 401 token)" u1 hello -H 'Authorization: Bearer from'
stop
matches 'the log has turns' "$(grep '"turn"' "$work/log")" \
    '{"time":"*Z","event":"turn","tier":"none","topic":"greeting","session":1,"fallback":false,"us":*}'
grep -qE 'hello|u1' "$work/log" && wrong 'turns: what was said' "$(cat "$work/log")" 'none'

# ---- Other sites

start
say 'a page of another site' 403 "$(failure 403 origin)" u1 hello -H 'Origin: http://evil.example'
say 'a page of no site' 403 "$(failure 403 origin)" u1 hello -H 'Origin: null'
say 'the own page behind a proxy' 200 '\[{*' u1 hello \
    -H 'Origin: https://bot.example' -H 'Sec-Fetch-Site: same-origin'
say 'another page behind a proxy' 403 "$(failure 403 origin)" u1 hello \
    -H 'Origin: https://bot.example' -H 'Sec-Fetch-Site: cross-site'
say 'the own page' 200 '\[{*' u1 hello -H "Origin: $url"
ask 'no CORS unless asked' 204 '' -X OPTIONS -H 'Origin: http://good.example' "$url/$post"
grep -qi 'access-control' "$work/head" && wrong 'no CORS unless asked' "$(cat "$work/head")" 'none'
stop
start --cors http://good.example --cors=https://other.example
ask 'CORS: may I' 204 '' -X OPTIONS -H 'Origin: http://good.example' \
    -H 'Access-Control-Request-Method: POST' "$url/$post"
head_has 'CORS: you may' 'Access-Control-Allow-Origin: http://good.example'
head_has 'CORS: with these' 'Access-Control-Allow-Headers: Authorization, Content-Type'
head_has 'CORS: like so' 'Access-Control-Allow-Methods: GET, POST, DELETE, OPTIONS'
say 'CORS: the second' 200 '\[{*' u1 hello -H 'Origin: https://other.example'
head_has 'CORS: the second' 'Access-Control-Allow-Origin: https://other.example'
head_has 'CORS: it varies' 'Vary: Origin'
ask 'CORS: errors, too' 400 '*' -d x -H 'Origin: http://good.example' "$url/$post"
head_has 'CORS: errors, too' 'Access-Control-Allow-Origin: http://good.example'
say 'CORS: not this' 403 "$(failure 403 origin)" u1 hello -H 'Origin: http://good.example.evil'
grep -qi 'access-control' "$work/head" && wrong 'CORS: not this' "$(cat "$work/head")" 'none'
stop
start --cors '*'
say 'CORS: any' 200 '\[{*' u1 hello -H 'Origin: http://any.example'
head_has 'CORS: any' 'Access-Control-Allow-Origin: http://any.example'
stop

# ---- Limits

start --rate 3 --sessions 2 --jobs 1
for _ in 1 2 3; do say 'three a minute' 200 '\[{*' u1 hello; done
say 'the fourth' 429 "$(failure 429 too_often)" u1 hello
head_has 'the fourth: when' 'Retry-After: '
say 'another sender' 200 '\[{*' u2 hello
say 'too many sessions' 503 "$(failure 503 too_many_sessions)" u3 hello
head_has 'too many sessions: when' 'Retry-After: 60'
ask 'one goes' 204 '' -X DELETE "$url/sessions/u1"
say 'one comes' 200 '\[{*' u3 hello
long 65537
sed 's/long/u4/' "$work/in" >"$work/in4"
ask 'one goes again' 204 '' -X DELETE "$url/sessions/u3"
ask 'what fails begins no session' 413 '*' --data-binary "@$work/in4" "$url/$post"
say 'so that there is room' 200 '\[{*' u5 hello
stop
start --expire=1s --rate 0
say 'a word' 200 '*"professional"*' u1 'the soil is mouldy'
# shellcheck disable=SC2317 # called by until_there
gone() { curl -s "$url/metrics" | grep -qx 'backtalk_sessions_expired_total 1'; }
until_there gone || wrong 'it expires' "$(curl -s "$url/metrics")" 'one expired'
say 'a word after that' 200 '*"none"*' u1 hello
stop

# ---- Another pack

cp -R tests/packs/minimal "$work/pack"
start --pack "$work/pack"
say 'before' 200 '*"professional"*' u1 'the soil is mouldy'
sed -i.old 's/They like a bright place/They adore the sun/; s/say: \[Hello! How is your plant?, Good day! What grows?\]/say: New words./' \
    "$work/pack/responses/topics/care.yaml" "$work/pack/responses/topics/smalltalk.yaml" 2>/dev/null
rm -f "$work/pack"/responses/topics/*.old
# shellcheck disable=SC2317 # called by until_there
reloads() { curl -s "$url/metrics" | grep -qx "backtalk_reloads_total{result=\"$1\"} $2"; }
kill -HUP "$server"
until_there reloads ok 1 || wrong 'a reload' "$(cat "$work/log")" 'reloaded'
say 'after' 200 '*New words.*"professional"*' u1 hello
printf 'topics:\n  hours: {patterns: [hours], answer: nowhere}\n' >"$work/pack/intents/topics/bad.yaml"
kill -HUP "$server"
until_there reloads failed 1 || wrong 'a broken pack' "$(cat "$work/log")" 'not_reloaded'
matches 'the problem is told' "$(cat "$work/log")" \
    '*"event":"problem","file":"intents/topics/bad.yaml","line":2,"column":*,"message":"no response '\''nowhere'\''*"event":"not_reloaded"*'
say 'the old one goes on' 200 '*New words.*"professional"*' u1 hello
rm -rf "$work/pack"
kill -HUP "$server"
until_there reloads failed 2 || wrong 'no pack' "$(cat "$work/log")" 'not_reloaded'
say 'and on' 200 '*New words.*' u1 hello
stop

# ---- The end

start
mkfifo "$work/pipe"
host=${url#http://}
{
    raw 'what was asked before is answered' \
        'HTTP/1.1 200 OK*Connection: close*\[{"recipient_id":"u1",*' <"$work/pipe"
    exit $failed
} &
late=$!
exec 3>"$work/pipe"
sentence=$(json u1 hello)
printf 'POST /%s HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n{"sender"' "$post" "${#sentence}" >&3
sleep 0.5
kill -TERM "$server"
until_there grep -q '"draining"' "$work/log" || wrong 'SIGTERM' "$(cat "$work/log")" 'draining'
# shellcheck disable=SC2317 # called by until_there
refused() { ! curl -s --max-time 5 "$url/health"; }
until_there refused || wrong 'SIGTERM: the door' 'open' 'closed'
printf '%s' "${sentence#*\"sender\"}" >&3
wait "$server"
code=$?
server=''
exec 3>&-
[ "$code" = 0 ] || wrong 'SIGTERM: exit' "$code" 0
wait $late || failed=1
start
kill -INT "$server"
wait "$server" || wrong 'SIGINT: exit' $? 0
server=''

# ---- Starts that fail

# fails CODE PATTERN ARGUMENT...
fails() {
    wanted=$1 pattern=$2
    shift 2
    timeout 20 "$BACKTALK" serve "$@" >/dev/null 2>"$work/err" </dev/null
    code=$?
    [ "$code" = "$wanted" ] || wrong "serve $*: exit" "$code" "$wanted"
    matches "serve $*" "$(cat "$work/err")" "$pattern"
}
for address in '' x 99999 1:2:3 : :80 '[::1]' 'localhost:' '127.0.0.1:http'; do
    fails 2 "*option '--http'*" --http="$address"
done
fails 4 'backtalk: 192.0.2.1:0: ?*' --http 192.0.2.1:0
fails 4 "backtalk: $work/none: ?*" --http 0 --token-file "$work/none"
: >"$work/empty"
fails 4 "backtalk: $work/empty: its first line*" --http 0 --token-file "$work/empty"
fails 3 '*does not load*' --http 0 --pack "$work/none"
start
fails 4 "*${url#http://}*" --http "${url#http://}"
stop
start --http 0.0.0.0:0
matches 'others can reach it' "$(head -n 1 "$work/log")" '*"event":"open"*'
stop

[ $failed = 0 ] && echo 'serve_http_test: ok'
exit $failed
