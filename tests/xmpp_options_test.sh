#!/bin/sh
# xmpp_options_test.sh - the command line of backtalk-xmpp: help, mistakes,
# exit codes.
# In: $BACKTALK_BUILD, the folder of the programs; the pack in
# tests/packs/minimal. Skipped where it was built without libstrophe.
set -u
: "${BACKTALK_BUILD:?the folder of the programs}"
program=$BACKTALK_BUILD/backtalk-xmpp
if [ ! -x "$program" ]; then
    echo 'xmpp_options_test: skipped: built without libstrophe'
    exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BACKTALK_PACK BACKTALK_XMPP_PASSWORD XDG_STATE_HOME
HOME=$work
export HOME
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

# run CODE ARGUMENT...: leaves $work/out and $work/err
run() {
    wanted=$1
    shift
    timeout 20 "$program" "$@" </dev/null >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = "$wanted" ] || wrong "$*: exit" "$code: $(cat "$work/err")" "$wanted"
}

# misused MESSAGE ARGUMENT...
misused() {
    message=$1
    shift
    run 2 "$@"
    matches "$*" "$(cat "$work/err")" "backtalk-xmpp: $message
Try 'backtalk-xmpp --help'."
}

run 0 --help
matches '--help' "$(cat "$work/out")" 'usage: backtalk-xmpp --jid=JID*--ca-file=FILE*exit status*'
wide=$(awk 'length > 79' "$work/out")
[ -z "$wide" ] || wrong '--help is at most 79 columns wide' "$wide" ''
grep -o -- '--[a-z-]*' "$work/out" | sort -u >"$work/options"
while read -r option; do
    grep -q -e "Fl ${option#-}" bot/bridge/backtalk-xmpp.1 ||
        wrong 'the man page' "no $option" 'all options'
done <"$work/options"
[ "$(wc -l <"$work/options")" -ge 14 ] || wrong '--help' "$(cat "$work/options")" '14 options'
run 0 -h --nope
run 0 -V
matches '--version' "$(cat "$work/out")" 'backtalk-xmpp [0-9]*.[0-9]*.[0-9]*'

misused 'say which account: --jid=JID'
for jid in bot @example.org bot@ bot@@b b@c@d bot/a@b ''; do
    misused "option '--jid': '$jid' is not of the form name@host" --jid="$jid"
done
misused "option '--room': 'yoga' is not of the form name@host" --jid=a@b --room=yoga
misused "option '--forget': 'x' is not of the form name@host" --jid=a@b --forget=x
misused "'hello' is one word too many" --jid=a@b hello
for server in '' :5222 host: host:x host:0 host:65536 host:1x '[::1' '[::1]x' '[]'; do
    misused "option '--server': '*' is not HOST or HOST:PORT" --jid=a@b --server="$server"
done
misused "option '--no-tls' goes with *only" --jid=a@b --no-tls
for server in example.org 127.0.0.1.example.org localhost.example.org 10.0.0.1:5222; do
    misused "option '--no-tls' goes with *only" --jid=a@b --no-tls --server="$server"
done
misused "option '--split': '39' is not a number from 40 to 60000" --jid=a@b --split=39
misused "option '--expire': '-1' is not a number from 0 to 36500" --jid=a@b --expire=-1
misused "option '--seed': '1x' is not a number *" --jid=a@b --seed=1x
misused "option '--pack' needs a value that is not empty" --jid=a@b --pack=
misused 'the password stands nowhere*' --jid=a@b
run 2 --jid=a@b --nope
matches '--nope' "$(cat "$work/err")" "*nope*
Try 'backtalk-xmpp --help'."
run 2 --jid
matches '--jid alone' "$(cat "$work/err")" '*argument*'

run 2 --jid=a@b --password-file="$work/none"
matches 'no password file' "$(cat "$work/err")" '*none: No such file or directory'
: >"$work/empty"
run 2 --jid=a@b --password-file="$work/empty"
matches 'an empty password file' "$(cat "$work/err")" '*its first line should be the password*'

BACKTALK_XMPP_PASSWORD=secret
export BACKTALK_XMPP_PASSWORD
run 3 --jid=a@b --pack="$work"
matches 'no pack' "$(cat "$work/err")" '*does not load*'
run 4 --jid=a@b --state=/proc/none
matches 'no state' "$(cat "$work/err")" 'backtalk-xmpp: /proc/none: *'
mkdir -m 755 "$work/open"
run 4 --jid=a@b --state="$work/open"
matches 'a folder for all' "$(cat "$work/err")" '*mode 0700'
run 0 --jid=a@b --forget=anna@example.org
[ "$(stat -c %a "$work/.local/state/backtalk/xmpp/a@b")" = 700 ] ||
    wrong 'the folder' "$(ls -lR "$work/.local")" 'mode 0700'

# Nobody answers: it goes on trying, and ends when it is asked to.
"$program" --jid=a@localhost --pack=tests/packs/minimal --server='[::1]:1' \
    --no-tls 2>"$work/err" </dev/null &
job=$!
sleep 3
kill -TERM $job
wait $job
code=$?
[ "$code" = 0 ] || wrong 'SIGTERM' "$code: $(cat "$work/err")" 0
matches 'nobody answers' "$(cat "$work/err")" '*"not_connected","detail":"next try in*"stopped"*'

[ "$failed" = 0 ] && echo 'xmpp_options_test: ok'
exit "$failed"
