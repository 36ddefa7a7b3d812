#!/bin/sh
# xmpp_test.sh - backtalk-xmpp with prosody between it and people who speak
# @xmpp/client: two at once, lost connections, what comes twice, long
# messages, red flags, rooms, and what must not be answered.
# In: $BACKTALK_BUILD, the programs; the shipped pack in the working
# directory. Skipped where prosody, node, npm or openssl is missing.
# shellcheck source=tests/xmpp_shell.sh
. "$(dirname "$0")/xmpp_shell.sh"
log=$work/log state=$work/state
printf 'secret\n' >"$work/password"
unset BACKTALK_PACK BACKTALK_XMPP_PASSWORD

scene() {
    NODE_EXTRA_CA_CERTS=$certificate XMPP_PORT=$port \
        XMPP_RESOURCE=here NODE_PATH=$xmpp_home/node_modules \
        node tests/xmpp/run.js "$1" >"$work/scene" 2>&1
    last=$(tail -n 5 "$work/scene")
    [ "$last" = "$1: ok" ] || wrong "scene $1" "$last; log: $(tail -n 5 "$log")" "$1: ok"
}

# events NAME: how many the log has
events() {
    grep -c "\"event\":\"$1\"" "$log"
}
has_events() {
    [ "$(events "$1")" -ge "$2" ]
}

# bridge_start OPTION...: and waits until it is online
bridge_start() {
    : >"$log"
    "$bridge_program" --jid=bot@localhost/here --password-file="$work/password" \
        --server="127.0.0.1:$port" --state="$state" "$@" 2>"$log" </dev/null &
    bridge=$!
    until_there has_events online 1 || {
        wrong "bridge $*" "$(cat "$log")" 'online'
        exit 1
    }
}

# SIGTERM ends it with 0
bridge_stop() {
    kill -TERM "$bridge"
    wait "$bridge"
    code=$?
    bridge=''
    [ "$code" = 0 ] || wrong 'stop: exit' "$code: $(cat "$log")" 0
    matches 'stop: log' "$(tail -n 1 "$log")" '*"event":"stopped"*'
}

server_start
for name in bot anna ben cleo dora emil fred; do account $name; done

# ---- Over TLS

bridge_start --ca-file="$certificate" --room=room@rooms.localhost/helper
scene two
scene flag
scene duplicate
scene states
scene number
scene unanswered
scene manners
until_there has_events room_joined 1 || wrong 'the room' "$(cat "$log")" room_joined
scene rooms

# Private files, and nothing of rooms among them.
[ "$(stat -c %a "$state")" = 700 ] || wrong 'mode of the folder' "$(stat -c %a "$state")" 700
files=$(cd "$state" && stat -c '%a %n' -- * | tr '\n' ';')
[ "$files" = '600 anna@localhost.json;600 ben@localhost.json;600 cleo@localhost.json;600 emil@localhost.json;' ] ||
    wrong 'the files' "$files" 'of those who talked'

# ---- The connection is lost

server_stop
until_there has_events offline 1 || wrong 'offline' "$(cat "$log")" offline
server_start
until_there has_events online 2 || wrong 'a reconnect' "$(cat "$log")" 'online again'
scene remembered

# ---- The bridge is killed, and comes back

# taken NAME: waits until all that NAME was answered is
taken() {
    until_there grep -q '"letters":\[\]' "$state/$1@localhost.json" ||
        wrong "taken by $1" "$(cat "$state/$1@localhost.json")" 'no letters'
}
taken anna
kill -KILL "$bridge"
wait "$bridge" 2>/dev/null
scene letter
sed 's/"letters":\[\]/"letters":[{"id":"unsent-1","to":"emil@localhost","body":"a word that was on its way","aloud":false,"states":false}]/' \
    "$state/emil@localhost.json" >"$work/emil" && cp "$work/emil" "$state/emil@localhost.json"
grep -q unsent-1 "$state/emil@localhost.json" || wrong 'the letter' "$(cat "$work/emil")" 'in the file'
bridge_start --ca-file="$certificate"
scene once
scene unsent
taken emil
scene still
bridge_stop
bridge_start --ca-file="$certificate" --split=120
scene long

# ---- Another pack

cp -R tests/packs/minimal "$work/pack"
bridge_stop
bridge_start --ca-file="$certificate" --pack="$work/pack"
echo 'topics: {a: {zz: 1}}' >"$work/pack/intents/broken.yaml"
kill -HUP "$bridge"
until_there has_events not_reloaded 1 || wrong 'a broken pack' "$(cat "$log")" not_reloaded
scene plants
matches 'a broken pack: the place' "$(grep '"event":"problem"' "$log")" '*intents/broken.yaml","line":1,*'
rm "$work/pack/intents/broken.yaml"
cat >"$work/pack/intents/new.yaml" <<'END'
topics: {news: {patterns: ['what is new'], examples: [what is new]}}
responses: {news: {say: [Leaves.]}}
END
kill -HUP "$bridge"
until_there has_events reloaded 1 || wrong 'a changed pack' "$(cat "$log")" reloaded
scene changed
bridge_stop

# ---- Forgetting

bridge_start --ca-file="$certificate"
scene forget
[ -f "$state/emil@localhost.json" ] || wrong 'emil' 'no file' 'a file'
"$bridge_program" --jid=bot@localhost --state="$state" --forget=emil@localhost ||
    wrong 'forget: exit' $? 0
[ ! -f "$state/emil@localhost.json" ] || wrong 'forget' 'a file' 'none'
"$bridge_program" --jid=bot@localhost --state="$state" --password-file="$work/password" \
    2>"$work/second" && wrong 'a second bridge' 'runs' 'an error'
matches 'a second bridge' "$(cat "$work/second")" '*another bridge*'

# ---- A file that makes no sense; a folder that cannot be written

echo nonsense >"$state/cleo@localhost.json"
scene flag
has_events broken 1 || wrong 'a broken file' "$(cat "$log")" broken
[ -f "$state/cleo@localhost.json.broken" ] || wrong 'a broken file' 'is gone' 'set aside'
bridge_stop
mkdir "$state/.new" # in the way of every write
bridge_start --ca-file="$certificate"
scene alarm
has_events not_saved 2 || wrong 'a full disk' "$(cat "$log")" not_saved
bridge_stop
rmdir "$state/.new"

# ---- Expiry, and what the log never holds

touch -d '40 days ago' "$state/ben@localhost.json"
bridge_start --server="localhost:$port" --no-tls
[ ! -f "$state/ben@localhost.json" ] || wrong 'expiry' 'a file of 40 days' 'none'
scene flag
bridge_stop
if grep -qE 'chest|numb|anna|ben@|secret' "$log"; then
    wrong 'the log' "$(cat "$log")" 'nothing of what is said, or by whom'
fi

# ---- A server that nobody vouches for

: >"$log"
"$bridge_program" --jid=bot@localhost --password-file="$work/password" \
    --server="127.0.0.1:$port" --state="$state" 2>"$log" </dev/null &
bridge=$!
until_there has_events not_connected 2 || wrong 'an unknown certificate' "$(cat "$log")" not_connected
[ "$(events online)" = 0 ] || wrong 'an unknown certificate' "$(cat "$log")" 'not online'
bridge_stop

[ "$failed" = 0 ] && echo 'xmpp_test: ok'
exit "$failed"
