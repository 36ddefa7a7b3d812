# botium_shell.sh - what the tests with Botium share: read with `.`.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where botium-core is kept; the
# shipped pack in the working directory.  Out: $work, botium FOLDER, whose
# output is $work/out; shipped WORDS. Skipped where Botium cannot be had.
# shellcheck shell=sh
set -u
: "${BACKTALK:?the program to test}" "${BACKTALK_BUILD:?a folder to keep Botium in}"
: "${work:?a folder to write in}"
version=1.15.13
command -v node >/dev/null 2>&1 || skip 'there is no node'
command -v npm >/dev/null 2>&1 || skip 'there is no npm'
home=$BACKTALK_BUILD/botium
# shellcheck source=tests/npm_shell.sh
. "$(dirname "$0")/npm_shell.sh"
npm_has "$home" "botium-core@$version" || {
    tail -n 5 "$work/npm"
    skip 'npm cannot install botium-core'
}

# shipped WORDS: the shipped transcripts that begin no line with one of them
shipped() {
    mkdir "$work/dialogues"
    cp -R tests/transcripts/. "$work/dialogues"
    grep -lrE "^!?($1|\\\\)" "$work/dialogues" |
        while read -r file; do rm "$file"; done
}

botium() {
    NODE_PATH=$home/node_modules node tests/botium/run.js "$1" >"$work/out" 2>&1
}

# Twenty or more are green; a wrong expectation, and only that, is red.
try_botium() {
    botium "$work/dialogues" || {
        tail -n 20 "$work/out"
        exit 1
    }
    tail -n 1 "$work/out"
    passed=$(sed -n 's/^\([0-9]*\) passed, 0 failed$/\1/p' "$work/out")
    if [ "${passed:-0}" -lt 20 ]; then
        echo "FAILED: only ${passed:-0} dialogues"
        exit 1
    fi
    mkdir "$work/wrong"
    cp "$work/dialogues/$1" "$work/wrong/a.convo.txt"
    sed 's/^TIER professional/TIER urgent/' "$work/wrong/a.convo.txt" >"$work/wrong/b.convo.txt"
    botium "$work/wrong" && {
        echo 'FAILED: a wrong expectation passes'
        exit 1
    }
    if ! grep -q '^1 passed, 1 failed$' "$work/out" ||
        ! grep -q 'TIER urgent does not hold' "$work/out"; then
        cat "$work/out"
        exit 1
    fi
}
