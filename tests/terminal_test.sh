#!/bin/sh
# terminal_test.sh - backtalk at a terminal: types into a tmux window and reads
# what stands there.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top. Skipped (77) without tmux or readline.
set -u
: "${BACKTALK:?the program to test}"
[ -x "$BACKTALK" ] || { echo "no program $BACKTALK"; exit 1; }
command -v tmux >/dev/null 2>&1 || {
    echo 'terminal_test: no tmux; skipped'
    exit 77
}
if ! grep -q libreadline "$BACKTALK"; then
    echo 'terminal_test: built without readline; skipped'
    exit 77
fi
work=$(mktemp -d) || exit 1
socket=backtalk-test-$$ # tmux's own for this test; each window has another
windows=0
trap 'mux kill-server; rm -rf "$work"' EXIT
unset NO_COLOR TMUX
export HOME="$work/home" XDG_STATE_HOME="$work/state"
export INPUTRC="$work/inputrc"
echo 'set bell-style none' >"$INPUTRC"
export LC_ALL=C.UTF-8 TMUX_TMPDIR="$work"
mkdir "$HOME"
export BACKTALK_PACK="$PWD/tests/packs/minimal"
failed=0

mux() {
    tmux -L "$socket" -f /dev/null "$@" 2>/dev/null
}

if ! mux new-session -d 'sleep 1'; then
    echo 'terminal_test: no terminal to be had; skipped'
    exit 77
fi

wrong() {
    failed=1
    printf 'FAILED: %s\n     got: %.1500s\n  wanted: %.300s\n' "$1" "$2" "$3"
}

# window WIDTH COMMAND: the program, run by that command, in a new window
window() {
    mux kill-server
    windows=$((windows + 1))
    socket=backtalk-test-$$-$windows
    rm -f "$work/code"
    # A shell stays above it, so that the exit code and the last screen stay;
    # Ctrl-C is for it, too.
    mux new-session -d -x "$1" -y 40 "trap : INT; $2; echo \$? >'$work/code'; sleep 60"
    mux set-option -g history-limit 5000
    sees 'the prompt' 'you> *$'
}

# start WIDTH [ARGUMENT...]
start() {
    width=$1
    shift
    window "$width" "'$BACKTALK' $* 2>'$work/err'"
}

keys() {
    mux send-keys "$@"
}

# Ctrl-C. The terminal throws away what is typed before it was dealt with.
interrupt() {
    keys C-c
    sleep 0.5
}

page() {
    mux capture-pane -p -S -
}

# sees CASE PATTERN (of grep): waits up to 10 seconds until it is on the page
sees() {
    tries=0
    until page | sed 's/ *$//' | grep -q -e "$2"; do
        tries=$((tries + 1))
        if [ $tries -ge 100 ]; then
            wrong "$1" "$(page | grep -v '^$' | tail -n 25)" "$2"
            return 1
        fi
        sleep 0.1
    done
}

# lacks CASE PATTERN
lacks() {
    page | grep -q -e "$2" && wrong "$1" "$(page | grep -e "$2")" "no $2"
}

# prompts N: waits until that many prompts stand on the page
prompts() {
    tries=0
    until [ "$(page | grep -c '^you>')" -ge "$1" ]; do
        tries=$((tries + 1))
        if [ $tries -ge 100 ]; then
            wrong "prompt number $1" "$(page | grep -v '^$' | tail -n 25)" "$1"
            return 1
        fi
        sleep 0.1
    done
}

# ends CASE CODE
ends() {
    tries=0
    until [ -s "$work/code" ]; do
        tries=$((tries + 1))
        if [ $tries -ge 100 ]; then
            wrong "$1" 'it goes on' "exit $2"
            return 1
        fi
        sleep 0.1
    done
    [ "$(cat "$work/code")" = "$2" ] || wrong "$1: exit" "$(cat "$work/code")" "$2"
    [ -s "$work/err" ] && wrong "$1: stderr" "$(cat "$work/err")" ''
}

widest() {
    page | sed 's/ *$//' | awk '{ if (length > most) most = length }
                                END { print most + 0 }'
}

# ---- The first screen, an answer, Ctrl-D

start 80
sees 'the first screen names /help' '/help'
keys 'the soil is mouldy' Enter
sees 'an answer says who speaks' '^bot: [^ ]'
prompts 2
page=$(mux capture-pane -p -e -S -)
case $page in
*"$(printf '\033')["*) ;;
*) wrong 'a terminal has colour' "$page" 'escapes' ;;
esac
[ "$(widest)" -le 80 ] || wrong 'answers are wrapped' "$(widest)" 80
keys C-d
ends 'Ctrl-D' 0

# ---- Tab, Ctrl-C

start 80
keys '/st' Tab
sees 'Tab completes a command' '^you> /state$'
interrupt
sees 'Ctrl-C gives a fresh line' '^you>$'
keys '/s' Tab Tab
sees 'Tab lists the commands' '/sources *\/state\|/state *\/sources'
interrupt
keys 'bo' Tab Tab Tab
sees 'Tab never names files' '^you> bo *$'
interrupt
keys 'the soil /st' Tab
sees 'nor commands inside a message' '^you> the soil /st *$'
interrupt
keys 'not to be said'
sees 'a line is typed' '^you> not to be said$'
interrupt
keys '/why' Enter
sees 'Ctrl-C dropped the line' 'There is no reply yet to explain'
keys C-r 'zzz'
interrupt
keys '/state' Enter
keys '/quit' Enter
ends '/quit' 0

# ---- A paste of several lines

start 80
printf 'the soil\nis mouldy\nsince monday' >"$work/paste"
mux load-buffer "$work/paste"
mux paste-buffer -p
sees 'a paste waits for Enter' 'since monday'
lacks 'a paste waits for Enter' '^bot:'
keys Enter
prompts 2
keys '/why' Enter
sees 'a paste is one message' 'mould'
said=$(page | grep -c '^you> the soil')
[ "$said" = 1 ] || wrong 'a paste is one message' "$said prompts" 1
keys C-d
ends 'Ctrl-D after a paste' 0

# ---- The window changes

start 100
keys 'when should i water it?' Enter
prompts 2
mux resize-window -x 40 -y 40
sleep 0.5
mux clear-history
keys C-l
sleep 0.3
keys 'when should i water it?' Enter
sees 'an answer after the change' '^bot: [^ ]'
sleep 0.3
mux capture-pane -p -S - >"$work/narrow"
long=$(awk 'length > 40' "$work/narrow")
[ -z "$long" ] || wrong 'answers follow the width' "$long" 'at most 40'
# Wrapped by us: what continues a reply is indented.
grep -q '^     [^ ]' "$work/narrow" ||
    wrong 'a wrapped line is indented' "$(cat "$work/narrow")" '     word'
keys C-d
ends 'Ctrl-D after the change' 0

# ---- History

[ -e "$work/state" ] && wrong 'no history unless asked for' "$(ls -R "$work/state")" ''
start 80 chat --history
keys 'first thing' Enter
prompts 2
mux load-buffer "$work/paste"
mux paste-buffer -p
keys Enter
prompts 3
keys C-d
ends 'with history' 0
left=$(find "$work/state/backtalk" \! -perm 0700 -type d)
[ -z "$left" ] || wrong 'mode of the folder' "$left" 0700
left=$(find "$work/state/backtalk/history" \! -perm 0600)
[ -z "$left" ] || wrong 'mode of the history' "$left" 0600
start 80 chat --history
keys Up
sees 'an entry of several lines comes back whole' 'the soil'
sees 'with its last line' 'since monday'
keys Up
sees 'and the one before it' '^you> first thing$'
interrupt
keys C-d
ends 'with history again' 0

# ---- NO_COLOR, Ctrl-C with nothing typed

NO_COLOR=1 start 80
keys 'the soil is mouldy' Enter
prompts 2
case $(mux capture-pane -p -e -S -) in
*"$(printf '\033')["*) wrong 'NO_COLOR' 'escapes' 'none' ;;
esac
interrupt C-c C-c
keys 'hello' Enter
sees 'Ctrl-C on an empty line does not leave' '^you> hello$'
keys C-d
ends 'after many Ctrl-C' 0

# ---- Ctrl-Z, and on again

window 80 "set -m; '$BACKTALK' 2>'$work/err'; sleep 1; fg"
keys 'the soil is mouldy'
sees 'what is typed' '^you> the soil is mouldy$'
keys C-z
sees 'Ctrl-Z' 'mouldy^Z$'
sees 'after Ctrl-Z and fg the line is there again' '^you> the soil is mouldy$'
keys Enter
sees 'and is said' '^bot: '
keys C-d
ends 'after Ctrl-Z and fg' 0

[ $failed = 0 ] && echo 'terminal_test: ok'
exit $failed
