# transcript_shell.sh - what the tests of transcripts share; to be sourced.
# In: $BACKTALK, the program; tests/packs/minimal, the plant bot. Run from the
# repository's top. Leaves $work, an empty folder that goes at the end.
# shellcheck shell=sh
set -u
: "${BACKTALK:?the program to test}"
[ -x "$BACKTALK" ] || { echo "no program $BACKTALK"; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset NO_COLOR
export BACKTALK_PACK="$PWD/tests/packs/minimal"
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

# python ARGUMENT...: python3; where there is none, it says what is not read
python() {
    if command -v python3 >/dev/null 2>&1; then
        python3 "$@"
    else
        cat >/dev/null
        echo "${0##*/}: there is no python3, not read: $*"
    fi
}

equals() { # equals CASE GOT WANTED
    [ "$2" = "$3" ] || wrong "$1" "$2" "$3"
}

# run CODE ARGUMENT...: backtalk test in $work/dialogues; leaves $work/out and
# $work/err
run() {
    wanted=$1
    shift
    (cd "$work/dialogues" && exec "$BACKTALK" test "$@" </dev/null) \
        >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = "$wanted" ] ||
        wrong "backtalk test $*: exit" "$code
$(cat "$work/out" "$work/err")" "$wanted"
}

# fresh: no transcript
fresh() {
    rm -rf "$work/dialogues"
    mkdir "$work/dialogues"
}

# write NAME: a file of standard input
write() {
    cat >"$work/dialogues/$1"
}

finish() {
    [ $failed = 0 ] && echo "$1: ok"
    exit $failed
}
