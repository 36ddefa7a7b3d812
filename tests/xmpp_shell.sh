# xmpp_shell.sh - a throw-away XMPP server for tests: read with `.`.
# In: $BACKTALK_BUILD, where the programs and @xmpp/client are.  Out: $work,
# $failed, $port, $certificate, server_start, server_stop, account. Skipped
# where prosody, node, npm or openssl is missing.
# shellcheck shell=sh
set -u
: "${BACKTALK_BUILD:?the folder of the programs}"
skip() {
    echo "${0##*/}: skipped: $1"
    exit 77
}
bridge_program=$BACKTALK_BUILD/backtalk-xmpp
[ -x "$bridge_program" ] || skip 'backtalk-xmpp was built without libstrophe'
for program in prosody prosodyctl node npm openssl; do
    command -v $program >/dev/null 2>&1 || skip "there is no $program"
done
work=$(mktemp -d) || exit 1
server='' bridge=''
# shellcheck source=tests/verdict_shell.sh
. "$(dirname "$0")/verdict_shell.sh"
# shellcheck source=tests/wait_shell.sh
. "$(dirname "$0")/wait_shell.sh"
finish() {
    [ -z "$bridge" ] || kill "$bridge" 2>/dev/null
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# The npm package that the users of the tests speak with.
xmpp_home=$BACKTALK_BUILD/xmpp-client
# shellcheck source=tests/npm_shell.sh
. "$(dirname "$0")/npm_shell.sh"
npm_has "$xmpp_home" '@xmpp/client@0.14.0' || {
    tail -n 5 "$work/npm"
    skip 'npm cannot install @xmpp/client'
}

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1",
    () => { console.log(s.address().port); s.close() })') || exit 1
certificate=$work/server.crt
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$work/server.key" \
    -out "$certificate" 2>"$work/openssl" || skip 'openssl makes no certificate'

# Nobody but this machine reaches it; a room whose users know each other.
cat >"$work/prosody.cfg.lua" <<END
interfaces = { "127.0.0.1" }
c2s_ports = { $port }
c2s_direct_tls_ports = {}
s2s_ports = {}
s2s_direct_tls_ports = {}
http_ports = {}
https_ports = {}
run_as_root = true
modules_enabled = { "roster", "saslauth", "tls", "disco", "ping", "offline", "posix" }
modules_disabled = { "s2s" }
authentication = "internal_hashed"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
data_path = "$work/data"
pidfile = "$work/prosody.pid"
log = { info = "$work/prosody.log" }
ssl = { key = "$work/server.key", certificate = "$certificate" }
VirtualHost "localhost"
Component "rooms.localhost" "muc"
    muc_room_default_history_length = 20
    muc_room_default_public_jids = true
    muc_room_locking = false
    restrict_room_creation = false
END
mkdir "$work/data"

server_answers() {
    # shellcheck disable=SC2016
    node -e 'require("net").connect(process.argv[1], "127.0.0.1")
        .on("connect", () => process.exit(0)).on("error", () => process.exit(1))' "$port"
}

server_start() {
    prosody -F --config "$work/prosody.cfg.lua" >>"$work/prosody.out" 2>&1 </dev/null &
    server=$!
    until_there server_answers || {
        cat "$work/prosody.out" "$work/prosody.log"
        wrong 'prosody' 'does not start' 'a server'
        exit 1
    }
}

server_stop() {
    kill "$server"
    wait "$server" 2>/dev/null
    server=''
}

# account NAME: its password is "secret"
account() {
    prosodyctl --config "$work/prosody.cfg.lua" register "$1" localhost \
        secret >>"$work/prosody.out" 2>&1 || {
        cat "$work/prosody.out"
        wrong "account $1" 'not made' 'an account'
        exit 1
    }
}
