# http_shell.sh - what the tests of serve --http share: read with `.`.
# In: $BACKTALK, the program.  Out: $work, $failed, and functions; the servers
# that were started are stopped, too, when the test is interrupted.
# shellcheck shell=sh
set -u
: "${BACKTALK:?the program to test}"
skip() {
    echo "${0##*/}: skipped: $1"
    exit 77
}
"$BACKTALK" --version | grep -q '^with HTTP' ||
    skip 'the program was built without libmicrohttpd'
command -v curl >/dev/null 2>&1 || skip 'there is no curl'
command -v bash >/dev/null 2>&1 || skip 'there is no bash'
work=$(mktemp -d) || exit 1
server=''
# shellcheck source=tests/verdict_shell.sh
. "$(dirname "$0")/verdict_shell.sh"
# shellcheck source=tests/wait_shell.sh
. "$(dirname "$0")/wait_shell.sh"
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
export BACKTALK_PACK="$PWD/tests/packs/minimal"
# The home of whoever runs the tests is left alone.
export XDG_STATE_HOME="$work/state"
unset BACKTALK_TOKEN http_proxy HTTP_PROXY

# start OPTION...: sets $url and $server; the log is $work/log. $usual are
# options that stand before these.
usual=--store=memory
start() {
    : >"$work/log"
    # shellcheck disable=SC2086
    "$BACKTALK" serve --http 127.0.0.1:0 $usual "$@" 2>"$work/log" </dev/null &
    server=$!
    if ! until_there grep -q '"event":"listening"' "$work/log"; then
        wrong "start $*" "$(cat "$work/log")" 'a server'
        exit 1
    fi
    url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$work/log")
    url=${url%/}
}

# stop: SIGTERM ends it with 0
stop() {
    kill -TERM "$server"
    wait "$server"
    code=$?
    server=''
    [ "$code" = 0 ] || wrong 'stop: exit' "$code: $(cat "$work/log")" 0
    matches 'stop: the log' "$(tail -n 1 "$work/log")" '*"event":"stopped"*'
}

# ask CASE STATUS PATTERN CURL-ARGUMENT...: the body is $got, the head
# $work/head
ask() {
    name=$1 status=$2 pattern=$3
    shift 3
    code=$(curl -sS --max-time 60 -D "$work/head" -o "$work/body" \
        -w '%{http_code}' "$@" 2>"$work/err")
    [ "$code" = "$status" ] ||
        wrong "$name: status" "$code $(cat "$work/err")" "$status"
    got=$(cat "$work/body")
    matches "$name" "$got" "$pattern"
}

# head_has CASE PATTERN: of the last answer
head_has() {
    matches "$1" "$(tr -d '\r' <"$work/head")" "*$2*"
}

# json SENDER TEXT
json() {
    printf '{"sender":"%s","message":"%s"}' "$1" "$2"
}

# say CASE STATUS PATTERN SENDER TEXT CURL-ARGUMENT...
say() {
    sentence=$(json "$4" "$5")
    case_name=$1 case_status=$2 case_pattern=$3
    shift 5
    ask "$case_name" "$case_status" "$case_pattern" \
        -H 'Content-Type: application/json' -d "$sentence" "$@" \
        "$url/webhooks/rest/webhook"
}

# raw CASE PATTERN: sends stdin as it is, and reads until the server hangs up
raw() {
    host=${url#http://}
    # shellcheck disable=SC2016 # for bash, whose /dev/tcp is needed
    got=$(timeout 60 bash -c 'exec 9<>"/dev/tcp/$0/$1" || exit 1
        cat <&0 >&9 2>/dev/null &
        cat <&9
        kill $! 2>/dev/null' "${host%:*}" "${host##*:}" 2>/dev/null)
    code=$?
    [ "$code" != 124 ] || wrong "$1" 'it never hangs up' 'an end'
    matches "$1" "$got" "$2"
}

# calls SENDER URL: forty calls to two servers, that at $url and another, for curl
calls() {
    for i in $(seq 40); do
        [ "$i" = 1 ] || echo next
        at=$url
        [ $((i % 2)) = 0 ] || at=$2
        printf 'url = "%s/webhooks/rest/webhook"\nsilent\noutput = /dev/null\n' "$at"
        printf 'write-out = "%%{http_code}\\n"\ndata = "{\\"sender\\":\\"%s\\",\\"message\\":\\"hello\\"}"\n' "$1"
    done
}
