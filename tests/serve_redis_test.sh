#!/bin/sh
# serve_redis_test.sh - backtalk serve --http --store redis://…: servers that
# share conversations, a Redis that goes and comes, and one that is of no use.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top. Skipped without curl, libmicrohttpd, hiredis or Redis.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
"$BACKTALK" --version | grep -q 'with Redis' ||
    skip 'the program was built without hiredis'
command -v redis-server >/dev/null 2>&1 || skip 'there is no redis-server'
command -v redis-cli >/dev/null 2>&1 || skip 'there is no redis-cli'
socket=$work/redis.sock
redis='' others=''
# shellcheck disable=SC2317,SC2086 # called by trap; words
end_all() {
    [ -z "$redis$others" ] || kill -9 $redis $others 2>/dev/null
    finish
}
trap end_all EXIT

# redis OPTION...: starts one without a port, in $work
start_redis() {
    redis-server --port 0 --unixsocket "$socket" --dir "$work" --save '' \
        --daemonize no "$@" >"$work/redis.log" 2>&1 </dev/null &
    redis=$!
    # shellcheck disable=SC2317 # called by until_there
    answers() { redis-cli -s "$socket" ping | grep -E 'PONG|NOAUTH'; }
    until_there answers || wrong 'redis-server' "$(cat "$work/redis.log")" 'one'
}

stop_redis() {
    kill -9 "$redis"
    wait "$redis" 2>/dev/null
    redis=''
}

cli() {
    redis-cli -s "$socket" "$@"
}

once() { # once CASE STATUS PATTERN SENDER TEXT ID
    ask "$1" "$2" "$3" -d \
        "{\"sender\":\"$4\",\"message\":\"$5\",\"message_id\":\"$6\"}" \
        "$url/webhooks/rest/webhook"
}

# ---- Servers that share

start_redis --appendonly yes --appendfsync always
usual="--store=unix:$socket --rate=0"
start
others=$server first_url=$url
start --expire 3days
say 'one server' 200 '*"professional"*' anna 'the soil is mouldy'
once 'one server, with an id' 200 '*"severity":7*' anna '7 out of 10' m1
first=$got second_url=$url
url=$first_url
once 'the other one answers the same' 200 '*' anna 'hello' m1
[ "$got" = "$first" ] || wrong 'the other one answers the same' "$got" "$first"
say 'and knows what was told' 200 '*"professional"*"severity":7*' anna hello
matches 'the time to live, in days' $((($(cli ttl backtalk:session:anna) + 600) / 86400)) 1
url=$second_url
say 'again the first one' 200 '*' anna hello
matches 'the time to live, in days' $((($(cli ttl backtalk:session:anna) + 600) / 86400)) 3
ask 'forget' 204 '' -X DELETE "$first_url/sessions/anna"
[ "$(cli exists backtalk:session:anna)" = 0 ] || wrong 'forget' 'still there' 'gone'
say 'it is forgotten' 200 '*"none"*"slots":{}*' anna hello

calls fritz "$first_url" >"$work/calls"
got=$(curl -sZ --no-progress-meter --parallel-max 8 -K "$work/calls" | sort | uniq -c | tr -s ' ')
matches 'both at once' "$got" ' 40 200'
matches 'no turn was lost' "$(cli hget backtalk:session:fritz saved)" '*"turns":40,*'
matches 'every turn is a version' "$(cli hget backtalk:session:fritz version)" 40

# ---- A Redis that goes and comes

once 'before it goes' 200 '*"professional"*' bert 'the soil is mouldy' m1
stop_redis
once 'it is away' 503 '*"reason":"store_away"*' bert 'hello' m2
head_has 'it is away: when to try again' 'Retry-After: 1'
ask 'the server is there' 200 '*' "$url/health"
ask 'forget while it is away' 503 '*"reason":"store_away"*' -X DELETE "$url/sessions/bert"
grep -q '"event":"store_away","message":"?*"' "$work/log" ||
    grep -q '"event":"store_away"' "$work/log" || wrong 'the log' "$(cat "$work/log")" store_away
start_redis --appendonly yes --appendfsync always
# shellcheck disable=SC2317 # called by until_there
back() {
    code=$(curl -s -o "$work/body" -w '%{http_code}' "$url/webhooks/rest/webhook" \
        -d '{"sender":"bert","message":"hello","message_id":"m2"}')
    [ "$code" = 200 ]
}
until_there back || wrong 'it comes back' "$code" 200
once 'nothing was lost' 200 '*"professional"*' bert hello m3
grep -q '"event":"store_back"' "$work/log" || wrong 'the log' "$(cat "$work/log")" store_back
kill -STOP "$redis"
once 'it hangs' 503 '*"reason":"store_away"*' bert 'hello' m4
kill -CONT "$redis"
until_there back || wrong 'it goes on' "$code" 200
matches 'no turn twice' "$(cli hget backtalk:session:bert saved)" '*"turns":[34],*'

# ---- What it has is of no use

cli set backtalk:session:carl text >/dev/null
say 'no hash' 500 '*"reason":"session_broken"*' carl hello
cli hset backtalk:session:dora number 1 version 1 saved '{"backtalk":9}' >/dev/null
say 'no session' 500 '*"reason":"session_broken"*' dora hello
cli hset backtalk:session:emil number x >/dev/null
say 'no number' 500 '*"reason":"session_broken"*' emil hello
ask 'it can be forgotten' 204 '' -X DELETE "$url/sessions/carl"
say 'and begun anew' 200 '*"none"*' carl hello
cli config set maxmemory 1 >/dev/null
say 'it is full' 503 '*"reason":"store_away"*' bert hello
grep -q 'raise its maxmemory' "$work/log" || wrong 'the log' "$(tail -n 3 "$work/log")" 'what to do'
cli config set maxmemory 0 >/dev/null
say 'there is room again' 200 '*"professional"*' bert hello
cli replicaof 127.0.0.1 1 >/dev/null
say 'it is a replica' 503 '*"reason":"store_away"*' bert hello
grep -q 'name the primary' "$work/log" || wrong 'the log' "$(tail -n 3 "$work/log")" 'what to do'
cli replicaof no one >/dev/null
say 'it is none any more' 200 '*"professional"*' bert hello
stop
kill "$others"
wait "$others"
others=''
start --sessions 3
say 'too many' 503 '*"reason":"too_many_sessions"*' gina hello
say 'who is there may go on' 200 '*' bert hello
stop

# ---- At the start

# fails WHERE PATTERN
fails() {
    timeout 20 "$BACKTALK" serve --http 0 --store "$1" >/dev/null 2>"$work/err" </dev/null
    code=$?
    [ "$code" = 4 ] || wrong "--store $1: exit" "$code" 4
    matches "--store $1" "$(cat "$work/err")" "backtalk: $1: $2"
}
fails "unix:$work/none.sock" 'No such file or directory'
fails 'redis://127.0.0.1:1' 'Connection refused'
fails 'redis://host.invalid' '?*'
fails 'redis://anna:word@host' '*BACKTALK_STORE_PASSWORD*'
fails 'rediss://host' '*TLS*'
fails "unix:$socket?db=99" '*DB index*'
cli set backtalk:schema 2 >/dev/null
fails "unix:$socket" 'written by a newer backtalk'
cli set backtalk:schema text >/dev/null
fails "unix:$socket" '*of another program; name another database'
cli config set requirepass 'a word' >/dev/null
fails "unix:$socket?db=1" '*NOAUTH*; put the password into BACKTALK_STORE_PASSWORD or*'
echo 'wrong' >"$work/password"
usual="--store=unix:$socket?db=1 --store-password-file=$work/password"
# shellcheck disable=SC2086
timeout 20 "$BACKTALK" serve --http 0 $usual 2>"$work/err" </dev/null
matches 'a wrong password' "$?: $(cat "$work/err")" '4: backtalk: *: WRONGPASS*'
echo 'a word' >"$work/password"
start
say 'the right one' 200 '*' anna hello
stop
usual="--store=unix:$socket?db=1"
export BACKTALK_STORE_PASSWORD='a word'
start
say 'the same by the environment' 200 '*' anna hello
matches 'the second database' "$(cli -a 'a word' -n 1 exists backtalk:session:anna 2>/dev/null)" 1
stop

[ $failed = 0 ] && echo 'serve_redis_test: ok'
exit $failed
