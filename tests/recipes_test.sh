#!/bin/sh
# recipes_test.sh - the recipes of backtalk-recipes(7), as they stand there,
# with an IRC server, an MQTT broker and a Telegram of our own.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where npm packages are kept;
# the shipped pack in the working directory. Each is left out where what it
# needs is missing; skipped when that is all of them.
set -u
: "${BACKTALK:?the program to test}" "${BACKTALK_BUILD:?a folder to keep packages in}"
work=$(mktemp -d) || exit 1
chmod 755 "$work" # servers become somebody else
groups='' pids='' ran=0
# shellcheck disable=SC2317 # the trap calls it
finish() {
    for group in $groups; do kill -- "-$group" 2>/dev/null; done
    for pid in $pids; do kill "$pid" 2>/dev/null; done
    wait
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
# shellcheck source=tests/verdict_shell.sh
. "$(dirname "$0")/verdict_shell.sh"
# shellcheck source=tests/wait_shell.sh
. "$(dirname "$0")/wait_shell.sh"
# shellcheck source=tests/npm_shell.sh
. "$(dirname "$0")/npm_shell.sh"
export BACKTALK_PACK="$PWD"
mkdir "$work/bin"
ln -s "$BACKTALK" "$work/bin/backtalk"
PATH=$work/bin:$PATH

# An address of this machine that nobody else uses: ports are given.
address=127.61.$(($$ / 250 % 250 + 1)).$(($$ % 250 + 1))

# recipe NAME: as it stands in the man page, into $work/NAME
recipe() {
    awk -v name="$1" '
        $0 == ".\\\" " name { here = 1; next }
        here && /^[.]Ed/ { exit }
        here && !/^[.]Bd/ { gsub(/\\e/, "\\"); print }
    ' bot/bridge/backtalk-recipes.7 >"$work/$1"
    [ "$(wc -l <"$work/$1")" -ge 8 ] || wrong "$1" "$(cat "$work/$1")" 'a recipe'
}

# has PROGRAM...: else says what is left out
has() {
    for program in "$@"; do
        command -v "$program" >/dev/null 2>&1 && continue
        echo "recipes_test: left out, there is no $program"
        return 1
    done
}

# background LOG COMMAND...: in a group of its own, which ends with the test
background() {
    log=$1
    shift
    setsid "$@" >"$log" 2>&1 </dev/null &
    groups="$groups $!"
}

# expect CASE FILE TEXT [COUNT]: until so many lines of the file have it
# shellcheck disable=SC2317 # until_there calls it
lines_have() {
    [ "$(grep -c -e "$2" "$1")" -ge "$3" ]
}
expect() {
    until_there lines_have "$2" "$3" "${4:-1}" ||
        wrong "$1" "$(tail -n 5 "$2")" "$3, ${4:-1} times"
}

# ---- IRC

try_irc() {
    cat >"$work/ircd.conf" <<END
[Global]
Name = irc.example
Info = a test
Listen = $address
Ports = 6667
[Options]
PAM = no
Ident = no
DNS = no
[Limits]
MaxConnectionsIP = 0
END
    chmod 644 "$work/ircd.conf"
    background "$work/ircd" ngircd -n -f "$work/ircd.conf"
    until_there grep -q ready "$work/ircd" || {
        echo "recipes_test: left out, ngircd does not start: $(tail -n 1 "$work/ircd")"
        return
    }
    recipe irc.sh
    HOME=$work background "$work/irc.log" sh "$work/irc.sh" "$address" '#yoga'
    room="$address/#yoga"
    expect 'IRC: the bot' "$work/irc/$room/out" 'backtalk.*has joined'
    for name in anna ben; do
        background "$work/$name.log" ii -s "$address" -n $name -i "$work/$name"
        until_there grep -qs Welcome "$work/$name/$address/out"
        echo '/j #yoga' >"$work/$name/$address/in"
        expect "IRC: $name" "$work/irc/$room/out" "$name.*has joined"
    done
    heard=$work/ben/$room/out
    echo 'hello all' >"$work/anna/$room/in"
    echo 'backtalk: my left hand is numb' >"$work/anna/$room/in"
    expect 'IRC: an answer' "$heard" '<backtalk> anna: .*numb'
    echo 'backtalk, "how" do I use a foam roller?' >"$work/ben/$room/in"
    expect 'IRC: somebody else' "$heard" '<backtalk> ben: .*none'
    echo 'backtalk: how do I use a foam roller?' >"$work/anna/$room/in"
    expect 'IRC: remembered' "$heard" '<backtalk> anna: .*numb' 2
    grep -q '<backtalk>.*hello' "$heard" && wrong 'IRC: not addressed' "$(cat "$heard")" 'silence'
    ran=$((ran + 1))
}
has ii ngircd jq stdbuf setsid && try_irc

# ---- MQTT

try_mqtt() {
    printf 'listener 1883 %s\nallow_anonymous true\n' "$address" >"$work/mqtt.conf"
    chmod 644 "$work/mqtt.conf"
    background "$work/broker" mosquitto -c "$work/mqtt.conf"
    until_there mosquitto_pub -h "$address" -t up -n || {
        echo "recipes_test: left out, mosquitto does not start: $(tail -n 1 "$work/broker")"
        return
    }
    recipe mqtt.sh
    background "$work/mqtt.log" sh "$work/mqtt.sh" "$address"
    heard=$work/heard
    background "$heard" mosquitto_sub -h "$address" -t 'chat/+/out' -v
    # Until the recipe listens: nobody keeps what nobody hears.
    # shellcheck disable=SC2317 # until_there calls it
    greeted() {
        mosquitto_pub -h "$address" -t chat/fred/in -m hello
        sleep 0.5
        grep -q '^chat/fred/out ' "$heard"
    }
    until_there greeted || wrong 'MQTT: the bot' "$(cat "$work/mqtt.log")" 'an answer'
    mosquitto_pub -h "$address" -t chat/anna/in -m 'my "left" hand is numb'
    expect 'MQTT: an answer' "$heard" '^chat/anna/out .*numb'
    mosquitto_pub -h "$address" -t chat/ben/in -m 'how do I use a foam roller?'
    expect 'MQTT: somebody else' "$heard" '^chat/ben/out .*none'
    mosquitto_pub -h "$address" -t chat/anna/in -m 'how do I use a foam roller?'
    expect 'MQTT: remembered' "$heard" '^chat/anna/out .*numb' 2
    ran=$((ran + 1))
}
has mosquitto mosquitto_sub mosquitto_pub jq setsid && try_mqtt

# ---- Telegram

try_telegram() {
    home=$BACKTALK_BUILD/telegram
    npm_has "$home" telegraf@4.16.3 telegram-test-api@4.2.1 || {
        echo "recipes_test: left out, npm cannot install telegraf: $(tail -n 2 "$work/npm")"
        return
    }
    "$BACKTALK" serve --http 127.0.0.1:0 --store memory 2>"$work/http" </dev/null &
    pids="$pids $!"
    until_there grep -q '"event":"listening"' "$work/http" || {
        wrong 'Telegram: the server' "$(cat "$work/http")" 'listening'
        return
    }
    url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$work/http")
    # Modules are looked for beside the file that imports them.
    recipe telegram.mjs
    ln -s "$home/node_modules" "$work/node_modules"
    got=$(BACKTALK=${url%/} NODE_PATH=$home/node_modules \
        timeout 100 node tests/recipes/telegram.js "$work/telegram.mjs" 2>&1)
    [ "$got" = 'telegram: ok' ] || wrong 'Telegram' "$got" 'telegram: ok'
    ran=$((ran + 1))
}
if has node npm && "$BACKTALK" --version | grep -q '^with HTTP'; then
    try_telegram
fi

if [ "$ran$failed" = 00 ]; then
    echo 'recipes_test: skipped: none of what the recipes need is there'
    exit 77
fi
[ "$failed" = 0 ] && echo "recipes_test: ok, $ran of 3 recipes"
exit "$failed"
