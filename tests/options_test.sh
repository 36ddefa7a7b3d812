#!/bin/sh
# options_test.sh - the command line: help, mistakes, the way to the pack,
# exit codes, -e and --json.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top.
set -u
: "${BACKTALK:?the program to test}"
[ -x "$BACKTALK" ] || { echo "no program $BACKTALK"; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BACKTALK_PACK NO_COLOR
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh
manual=$PWD/bot/front
top=$PWD/tests/packs/minimal
cd "$top" || exit 1

# run CODE ARGUMENT...: leaves $work/out and $work/err
run() {
    wanted=$1
    shift
    "$BACKTALK" "$@" </dev/null >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = "$wanted" ] || wrong "backtalk $*: exit" "$code" "$wanted"
}

# misused MESSAGE ARGUMENT...
misused() {
    message=$1
    shift
    run 2 "$@"
    matches "backtalk $*" "$(cat "$work/err")" "backtalk: $message
Try 'backtalk --help'."
    [ -s "$work/out" ] && wrong "backtalk $*: stdout" "$(cat "$work/out")" ''
}

# ---- Help and version

run 0 --help
matches '--help' "$(cat "$work/out")" 'usage: backtalk *-e TEXT*--json*--pack=DIR*exit status*'
[ -s "$work/err" ] && wrong '--help: stderr' "$(cat "$work/err")" ''
wide=$(awk 'length > 79' "$work/out")
[ -z "$wide" ] || wrong '--help is at most 79 columns wide' "$wide" ''
cp "$work/out" "$work/help"
run 0 -h
cmp -s "$work/help" "$work/out" || wrong '-h is --help' 'other text' 'the same'
run 0 serve --help --nope
run 0 --version
matches '--version' "$(cat "$work/out")" 'backtalk [0-9]*.[0-9]*.[0-9]*
with* HTTP, with* SQLite, with* Redis, with* readline'
run 0 -V
# Every long option stands in the man page.
grep -oE -- '--[a-z-]*[a-z]' "$work/help" | sort -u >"$work/options"
while read -r option; do
    grep -qE -e "Fl -${option#--}( |\$)" "$manual/backtalk.1" ||
        wrong "$option in backtalk.1" 'not there' "Fl -${option#--}"
done <"$work/options"

# ---- Mistakes

misused "option '--foo' is unknown" --foo
misused "option '--jsn' is unknown; did you mean '--json'[?]" --jsn
misused "option '--pakc' is unknown; did you mean '--pack'[?]" --pakc=/x
misused "option '-x' is unknown" -x
misused "option '-x' is unknown" -ehi -x
misused "option '-e' needs a value: TEXT" -e
misused "option '--pack' needs a value: DIR" --pack
misused "option '--pack' needs the name of a folder" --pack=
misused "option '--json' takes no value" --json=1
misused "option '--help' takes no value" --help=1
misused "option '--color': 'blue' is not auto, always or never" --color=blue
for seed in '' x -1 1x 4294967296 99999999999999999999999 ' 1'; do
    misused "option '--seed': '$seed' is not a number*" --seed "$seed"
done
misused "option '--json' does not go with chat" --json
misused "option '--json' does not go with serve" serve --stdio --json
misused "option '--tap' goes with the command test only" --tap
misused "option '--history' goes with the command chat only" test . --history
misused "option '--jobs': '0' is not a number from 1 to 4294967295" test . -j 0
misused "test: say which transcripts: a file or a folder" test
misused "option '--stdio' goes with the command serve only" --stdio
misused "option '--history' goes with the command chat only" serve --stdio --history
misused "option '--history' goes with the command chat only" -e hi --history
misused "option '--color' does not go with serve" serve --stdio --color=never
misused "option '-e' goes without a command" -e hi chat
misused "serve: say how it is reached: --stdio or --http=ADDR" serve
misused "option '--stdio' does not go with '--http'" serve --stdio --http 0
misused "option '--rate' goes with '--http' only" serve --stdio --rate 3
misused "option '--jobs' goes with '--http' only" serve --stdio -j 3
misused "option '--http' goes with the command serve only" --http 0
misused "option '--cors' needs a value that is not empty" serve --cors=
misused "option '--sessions': '0' is not a number from 1 to *" serve --sessions 0
misused "option '--timeout': 'x' is not a number from 1 to *" serve --timeout x
misused "option '--log': 'all' is not events, turns or text" serve --log=all
for span in '' x 3 0s -1h +1h '1 fortnight' 99999999999999999999h; do
    misused "option '--expire': '$span' is not a span of time, such as 90s, 24h or 3days" \
        serve --expire="$span"
done
misused "'x' is one word too many" check x
misused "option '--mutate' goes with the command check only" --mutate
misused "option '--proof' does not go with '--all'" check --proof --all
misused "option '--mutate' does not go with '--transcripts', '--report' or '--graph'" check --mutate --proof --transcripts .
misused "option '--filter' goes with '--mutate' only" check --filter x
misused "option '--findings' goes with '--proof' only" check --mutate --findings 1
misused "command 'caht' is unknown; did you mean 'chat'[?]" caht
misused "command 'help me' is unknown; to say something: -e TEXT" 'help me'
misused "command '' is unknown*" ''
misused "'more' is one word too many" chat more
misused "command '--json' is unknown*" -- --json
long=$(printf '%5000s' x | tr ' ' x)
misused "option '--$long' is unknown" "--$long"
misused "command '$long' is unknown*" "$long"

# ---- The pack

run 0 -e hello
run 0 --seed 4294967295 -e hello
run 0 --seed=0 --pack "$top" -e hello
run 3 --pack "$work/nowhere" -e hello
matches 'a pack that is not there' "$(cat "$work/err")" "*$work/nowhere*"
run 3 --pack /dev/null chat
run 3 --pack "$work/nowhere" serve --stdio
[ -s "$work/out" ] && wrong 'no pack: stdout' "$(cat "$work/out")" ''
(
    cd "$work" || exit 1
    BACKTALK_PACK=$top "$BACKTALK" -e hello
) >"$work/out" 2>&1 || wrong 'BACKTALK_PACK' "$(cat "$work/out")" 'an answer'
BACKTALK_PACK="$work/nowhere" "$BACKTALK" --pack "$top" -e hello \
    >"$work/out" 2>&1 ||
    wrong '--pack goes before BACKTALK_PACK' "$(cat "$work/out")" 'an answer'
BACKTALK_PACK="$work/nowhere" "$BACKTALK" -e hello >"$work/out" 2>&1
code=$?
[ $code = 3 ] || wrong 'BACKTALK_PACK goes before the folder: exit' $code 3
BACKTALK_PACK='' "$BACKTALK" -e hello >"$work/out" 2>&1 ||
    wrong 'an empty BACKTALK_PACK' "$(cat "$work/out")" 'an answer'
mkdir -p "$work/bad/intents" "$work/bad/responses"
printf 'topics: [\n' >"$work/bad/intents/bad.yaml"
run 3 --pack "$work/bad" -e hello
matches 'problems have a place' "$(cat "$work/err")" \
    'intents/bad.yaml:[0-9]*:[0-9]*: *
backtalk: the pack in *bad* does not load: * problem*'

# ---- -e

run 0 -e 'the soil is mouldy'
[ -s "$work/out" ] || wrong '-e' 'nothing' 'an answer'
run 0 -e hello -e 'the soil is mouldy' -e hello
blocks=$(awk -v RS= 'END { print NR }' "$work/out")
[ "$blocks" = 3 ] || wrong 'three times -e: answers' "$blocks" 3
grep -q "$(printf '\033')" "$work/out" &&
    wrong 'a pipe has no colour' 'escapes' 'none'
run 0 --color=always -e 'the soil is mouldy'
grep -q "$(printf '\033')\[0m" "$work/out" ||
    wrong '--color=always' 'no escapes' 'escapes'
run 0 --json -e 'the soil is mouldy' -e hello
lines=$(wc -l <"$work/out")
[ "$lines" -eq 2 ] || wrong '--json: lines' "$lines" 2
matches '--json' "$(head -n 1 "$work/out")" \
    '{"session":"-e","messages":\[{"text":"*"}*],"tier":"professional","topic":"*","technique":*,"findings":\[{"name":"mould","polarity":"present","start":12,"end":18}*],"slots":{*}}'
matches 'several -e are one conversation' "$(tail -n 1 "$work/out")" \
    '*"tier":"professional"*'
run 0 --json -e "$(printf 'mould \377\300\257 soil')"
iconv -f utf-8 -t utf-8 <"$work/out" >/dev/null 2>&1 ||
    wrong '--json is UTF-8' "$(cat "$work/out")" 'UTF-8'
run 0 --json -e "$(printf 'the soil\nis mouldy')" -e '' -e ' '
lines=$(wc -l <"$work/out")
[ "$lines" -eq 3 ] || wrong '--json: a newline in the text: lines' "$lines" 3
awk 'BEGIN { for (i = 0; i < 65537; i++) printf "x" }' >"$work/long"
run 4 -e "$(cat "$work/long")" -e hello
matches 'a text above the limit' "$(cat "$work/err")" 'backtalk: -e number 1: ?*'
[ -s "$work/out" ] || wrong 'the text after it' 'nothing' 'an answer'
cp "$work/out" "$work/first"
run 0 -e hello
cmp -s "$work/first" "$work/out" ||
    wrong 'a refused text leaves no trace' "$(cat "$work/first")" \
        "$(cat "$work/out")"
if [ -w /dev/full ]; then
    for options in --help --version '-e hello' '--json -e hello'; do
        # shellcheck disable=SC2086
        "$BACKTALK" $options >/dev/full 2>"$work/err"
        code=$?
        [ $code = 4 ] || wrong "a full disk: $options: exit" $code 4
        matches "a full disk: $options" "$(cat "$work/err")" 'backtalk: cannot write*'
    done
fi

[ $failed = 0 ] && echo 'options_test: ok'
exit $failed
