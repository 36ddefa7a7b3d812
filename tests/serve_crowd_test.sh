#!/bin/sh
# serve_crowd_test.sh - backtalk serve --http: one client with ten thousand
# conversations, and hundreds that begin a request and fall silent.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top. Skipped without curl or libmicrohttpd.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"

# crowd NAME: says a word in 10,000 conversations, one after the other over one
# connection; $got is how often each status came
crowd() {
    awk -v url="$url/webhooks/rest/webhook" -v name="$1" 'BEGIN {
        for (i = 1; i <= 10000; i++) {
            printf "%surl = \"%s\"\nsilent\noutput = /dev/null\n", (i > 1 ? "next\n" : ""), url
            printf "write-out = \"%%{http_code} %%{num_connects}\\n\"\n"
            printf "data = \"{\\\"sender\\\":\\\"%s %d\\\",\\\"message\\\":\\\"the soil is mouldy\\\"}\"\n", name, i
        } }' >"$work/calls"
    curl -s -K "$work/calls" >"$work/codes"
    got=$(cut -d ' ' -f 1 "$work/codes" | sort | uniq -c | tr -s ' ' | tr '\n' ',')
}

# ---- Ten thousand conversations

start --rate 2
crowd anna
matches 'all are answered' "$got" ' 10000 200,'
connects=$(awk '{ sum += $2 } END { print sum }' "$work/codes")
[ "$connects" -le 100 ] || wrong 'connections of one client' "$connects" '100 at most'
ask 'they are counted' 200 '*backtalk_sessions 10000*' "$url/metrics"
say 'each has its own' 200 '*"tier":"none"*' 'anna 0' hello
say 'all are remembered' 200 '*"tier":"professional"*' 'anna 7777' hello
say 'one of them may not write too often' 429 '*too_often*' 'anna 7777' hello
# With the pack, 2 KiB for each at most; a sanitizer needs more.
kib=$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status" 2>/dev/null)
if [ -n "$kib" ] && ! nm "$BACKTALK" 2>/dev/null | grep -qE '__(a|t)san_init'; then
    [ "$kib" -lt 40000 ] || wrong 'memory' "$kib KiB" '40,000 KiB at most'
fi
stop

start --sessions 1000
crowd bert
matches 'no more than may be' "$got" ' 1000 200, 9000 503,'
say 'the first go on' 200 '*"tier":"professional"*' 'bert 1' hello
say 'others wait' 503 '*too_many_sessions*' carl hello
ask 'one is forgotten' 204 '' -X DELETE "$url/sessions/bert%201"
say 'and another comes' 200 '*"tier":"none"*' carl hello
stop

# ---- Silent clients

start --timeout 2
host=${url#http://}
# shellcheck disable=SC2016 # for bash, whose /dev/tcp is needed
bash -c 'for ((i = 10; i < 210; i++)); do
        eval "exec $i<>/dev/tcp/$0/$1" || exit 1
        printf "POST /webhooks/rest/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n{" >&"$i"
    done
    echo ready
    for ((i = 10; i < 210; i++)); do cat <&"$i" >/dev/null; done
    echo over' "${host%:*}" "${host##*:}" >"$work/silent" 2>"$work/err" &
silent=$!
until_there grep -q ready "$work/silent" ||
    wrong '200 silent clients' "$(cat "$work/err")" 'ready'
say 'others are served meanwhile' 200 '\[{*' u1 hello
wait $silent || wrong '200 silent clients: status' $? 0
matches 'the server hangs up' "$(cat "$work/silent")" 'ready
over'
say 'others are served after it' 200 '\[{*' u1 hello
ask 'no conversation came of them' 200 '*backtalk_sessions 1
*' "$url/metrics"
stop

[ "$failed" = 0 ] && echo 'serve_crowd_test: ok'
exit "$failed"
