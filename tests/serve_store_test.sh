#!/bin/sh
# serve_store_test.sh - backtalk serve --http --store: conversations outlive
# the server, several servers share them, and what is forgotten is gone.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top. Skipped without curl, libmicrohttpd or SQLite.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
"$BACKTALK" --version | grep -q 'with SQLite' ||
    skip 'the program was built without SQLite'
db=$work/talks

# in_files WORDS: the files of the store in which they stand
in_files() {
    grep -alE "$1" "$db"* 2>/dev/null
}

# ---- Where it is

usual=
start
say 'without --store' 200 '*"professional"*' anna 'the soil is mouldy'
left=$(find "$work/state" -printf '%m %P\n' | sort)
matches 'the usual place' "$left" '600 backtalk/conversations.db
600 backtalk/conversations.db-shm
600 backtalk/conversations.db-wal
700 
700 backtalk'
stop
start
say 'it is found again' 200 '*"professional"*' anna hello
stop
rm -r "$work/state"
start --store memory
say 'in memory' 200 '*"professional"*' anna 'the soil is mouldy'
stop
[ ! -e "$work/state" ] || wrong 'in memory' "$(find "$work/state")" 'no files'
start --store memory
say 'it ends with the server' 200 '*"none"*' anna hello
stop

# lost PATTERN COMMAND...: no folder for it
lost() {
    pattern=$1
    shift
    timeout 20 env "$@" "$BACKTALK" serve --http 0 >/dev/null 2>"$work/err" </dev/null
    code=$?
    [ "$code" = 4 ] || wrong "$*: exit" "$code" 4
    matches "$*" "$(cat "$work/err")" "$pattern"
}
lost 'backtalk: no home folder: *; say where *: --store FILE, or --store memory' \
    -u XDG_STATE_HOME -u HOME
: >"$work/no-folder"
lost "backtalk: $work/no-folder/backtalk: Not a directory; say where *" \
    XDG_STATE_HOME="$work/no-folder"

# ---- Restarts

start --store "$db"
say 'a finding' 200 '*"professional"*' anna 'the soil is mouldy'
say 'another conversation' 200 '*"none"*' bert 'hello'
say 'a button' 200 '*"buttons":\[{*' bert 'how often do I water it?'
mode=$(find "$db"* -perm -077 | wc -l)
[ "$mode" -eq 0 ] || wrong 'others may read it' "$(ls -l "$db"*)" 'only the owner'
stop
start --store "$db"
say 'it goes on after a restart' 200 '*"professional"*' anna hello
say 'the other, too' 200 '*"none"*' bert hello
ask 'both are counted' 200 '*backtalk_sessions 2*' "$url/metrics"
say 'what was not said is not kept' 413 '*' bert "$(printf '%65537s' x)"

# Whatever was answered is on the disk.
for i in 1 2 3 4 5; do
    say "turn $i" 200 '*' "carl$i" 'the soil is mouldy'
    kill -9 "$server"
    wait "$server" 2>/dev/null
    server=''
    start --store "$db"
    say "after the kill $i" 200 '*"professional"*' "carl$i" hello
done

# ---- Forgetting

say 'a name to find' 200 '*' dora-the-sender 'the soil is mouldy'
[ -n "$(in_files dora-the-sender)" ] || wrong 'it is in the file' none 'one'
ask 'forget' 204 '' -X DELETE "$url/sessions/dora-the-sender"
[ -z "$(in_files dora-the-sender)" ] || wrong 'forgotten' "$(in_files dora-the-sender)" none
say 'it is forgotten' 200 '*"none"*' dora-the-sender hello
stop
start --store "$db" --expire=1s
# shellcheck disable=SC2317 # called by until_there
gone() { curl -s "$url/metrics" | grep -qx 'backtalk_sessions 0'; }
until_there gone || wrong 'they expire' "$(curl -s "$url/metrics")" 'none left'
[ -z "$(in_files 'anna|bert|carl|mould')" ] || wrong 'expired' "$(in_files 'anna|bert|carl|mould')" none
stop

# ---- Several servers

start --store "$db"
first=$server first_url=$url
start --store "$db"
say 'one server' 200 '*"professional"*' emil 'the soil is mouldy'
second_url=$url
url=$first_url
say 'the other one knows it' 200 '*"professional"*' emil hello
ask 'the other one forgets it' 204 '' -X DELETE "$url/sessions/emil"
url=$second_url
say 'and the first one does' 200 '*"none"*' emil hello
calls fritz "$first_url" >"$work/calls"
got=$(curl -sZ --no-progress-meter --parallel-max 8 -K "$work/calls" | sort | uniq -c | tr -s ' ')
matches 'both at once' "$got" ' 40 200'
kill -TERM "$first"
wait "$first" || wrong 'the first one ends' $? 0
stop
[ -n "$(in_files '"turns":40[,}]')" ] || wrong 'no turn was lost' "$(grep -aoE '"turns":[0-9]+' "$db"*)" '"turns":40'

# ---- Files that are of no use

# fails FILE PATTERN [COMMAND]: by that command
fails() {
    # shellcheck disable=SC2086
    timeout 20 ${3:-} "$BACKTALK" serve --http 0 --store "$1" >/dev/null 2>"$work/err" </dev/null
    code=$?
    [ "$code" = 4 ] || wrong "--store $1: exit" "$code" 4
    matches "--store $1" "$(cat "$work/err")" "backtalk: $1: $2"
}
fails "$work" '?*'
fails "$work/none/talks" 'No such file or directory'
head -c 10000 /dev/urandom >"$work/noise"
fails "$work/noise" 'file is not a database; name another file'
cp "$db" "$work/newer"
printf '\0\0\0\2' | dd of="$work/newer" bs=1 seek=60 conv=notrunc 2>/dev/null
fails "$work/newer" 'written by a newer backtalk'
cp "$db" "$work/stranger"
printf '\1\2\3\4' | dd of="$work/stranger" bs=1 seek=68 conv=notrunc 2>/dev/null
fails "$work/stranger" 'a database of another program'

# Who may not write. Root may everything, and becomes nobody.
as=
[ "$(id -u)" != 0 ] || as='setpriv --reuid 65534 --clear-groups'
mkdir "$work/locked" "$work/locked/open"
cp "$db" "$work/locked/fixed"
cp "$db" "$work/locked/alone"
chmod 444 "$work/locked/fixed"
chmod 666 "$work/locked/alone"
chmod 755 "$work" "$work/locked"
[ -n "$as" ] || chmod 555 "$work/locked"
if $as "$BACKTALK" --version >/dev/null 2>&1; then
    fails "$work/locked/fixed" 'Permission denied' "$as"
    fails "$work/locked/new" 'Permission denied' "$as"
    fails "$work/locked/alone" '*; the file and its folder must be writable' "$as"
else
    echo 'serve_store_test: what nobody may write is left out: no setpriv'
fi
chmod 755 "$work/locked"

# Some of it is broken: an error, and others go on.
cp "$db" "$work/broken"
LC_ALL=C sed 's/"turns":40/"turns":xx/' "$work/broken" >"$work/broken.new"
mv "$work/broken.new" "$work/broken"
start --store "$work/broken"
say 'a broken conversation' 500 '*"reason":"session_broken"*' fritz hello
say 'another one' 200 '*' gina hello
ask 'it can be forgotten' 204 '' -X DELETE "$url/sessions/fritz"
say 'and begun anew' 200 '*"none"*' fritz hello
stop

# The disk is full: an error, and nothing is lost.
: >"$work/log"
(
    trap '' XFSZ 2>/dev/null
    ulimit -f 400 2>/dev/null
    export work
    exec "$BACKTALK" serve --http 127.0.0.1:0 --store "$work/full" --rate 0 2>"$work/log"
) </dev/null &
server=$!
until_there grep -q '"listening"' "$work/log"
url=$(sed -n 's/.*"url":"\([^"]*\)\/".*/\1/p' "$work/log")
say 'there is room' 200 '*"professional"*' hans 'the soil is mouldy'
full=
for i in $(seq 400); do
    code=$(curl -s -o "$work/body" -w '%{http_code}' -d "$(json "filler$i" 'the soil is mouldy')" "$url/webhooks/rest/webhook")
    [ "$code" = 200 ] || { full=$code; break; }
done
[ "$full" = 503 ] || wrong 'the disk is full: status' "$full" 503
matches 'the disk is full' "$(cat "$work/body")" '*"reason":"store_away"*'
grep -q '"event":"store_failed"' "$work/log" || wrong 'the log says so' "$(tail -n 3 "$work/log")" 'store_failed'
ask 'it still answers' 200 '*"ok"*' "$url/health"
stop
start --store "$work/full"
say 'nothing was lost' 200 '*"professional"*' hans hello
stop

[ $failed = 0 ] && echo 'serve_store_test: ok'
exit $failed
