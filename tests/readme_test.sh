#!/bin/sh
# readme_test.sh - README.md shows what the program really says: every marked
# block is made anew, and must come out as it stands there.
#   <!-- session -->     what is typed at a terminal, and the screen then
#   <!-- run -->         commands of the shell, each with its output; they run
#                        one after the other in a copy of the pack
#   <!-- file PATH -->   a source of the project, or a file for that copy
# In: $BACKTALK, the program. Run from the repository's top. Skipped (77)
# without tmux or readline.
# After a change of wording: make && sh tests/readme_test.sh record
set -u
: "${BACKTALK:=$PWD/build/backtalk}"
[ -x "$BACKTALK" ] || { echo "no program $BACKTALK"; exit 1; }
command -v tmux >/dev/null 2>&1 || {
    echo 'readme_test: no tmux; skipped'
    exit 77
}
if ! grep -q libreadline "$BACKTALK"; then
    echo 'readme_test: built without readline; skipped'
    exit 77
fi
work=$(mktemp -d) || exit 1
trap 'mux kill-server; rm -rf "$work"' EXIT
unset NO_COLOR TMUX BACKTALK_PACK
export HOME="$work" TMUX_TMPDIR="$work" LC_ALL=C.UTF-8 INPUTRC=/dev/null
mkdir "$work/tree" "$work/bin"
cp -r intents responses "$work/tree"
ln -s "$BACKTALK" "$work/bin/backtalk"
PATH="$work/bin:$PATH"

mux() {
    tmux -L readme -f /dev/null "$@" 2>/dev/null
}

if ! tmux -L readme-try -f /dev/null new-session -d 'sleep 1' 2>/dev/null; then
    echo 'readme_test: no terminal to be had; skipped'
    exit 77
fi

# Without blanks at the ends of lines, nor blank lines at the end of all.
trim() {
    sed 's/ *$//' | awk '/./ { printf "%s%s\n", blank, $0; blank = ""; next }
                         { blank = blank "\n" }'
}

page() {
    mux capture-pane -p | trim
}

# prompts N: waits up to 20 seconds until the N-th prompt is the last line
prompts() {
    tries=0
    until [ "$(page | grep -c '^you>')" = "$1" ] &&
        [ "$(page | tail -n 1)" = 'you>' ]; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || return 1
        sleep 0.1
    done
}

# How each kind of block is made anew: the old one comes in, the new goes out.

session() {
    read -r command
    printf '%s\n' "$command"
    sed -n 's/^you> //p' >"$work/said"
    mux new-session -d -x 76 -y 300 -c "$work/tree" "'$BACKTALK'"
    count=1
    prompts $count
    while IFS= read -r said; do
        mux send-keys -l "$said"
        mux send-keys Enter
        count=$((count + 1))
        prompts $count || echo "no answer to: $said"
    done <"$work/said"
    page | sed '$d' | trim
    mux kill-server
}

# A line that ends in | goes on in the next.
run() {
    command=
    while IFS= read -r typed; do
        case $typed in
        '$ '*) command=${typed#??} ;;
        '> '*) command="$command ${typed#??}" ;;
        *) continue ;;
        esac
        printf '%s\n' "$typed"
        case $typed in *'|') continue ;; esac
        (cd "$work/tree" && sh -c "$command") 2>&1
    done | trim
}

file() { # file PATH
    case $1 in
    *.c) cat "$1" ;;
    *) mkdir -p "$work/tree/${1%/*}" && tee "$work/tree/$1" ;;
    esac
}

anew() {
    kind='' inside=''
    while IFS= read -r line; do
        case $inside$line in
        '<!-- '*' -->')
            kind=${line#<!-- }
            kind=${kind% -->}
            printf '%s\n' "$line" ;;
        '```'*)
            printf '%s\n' "$line"
            if [ -n "$kind" ]; then
                inside=yes
                : >"$work/block"
            fi ;;
        'yes```')
            # shellcheck disable=SC2086
            $kind <"$work/block"
            printf '%s\n' "$line"
            kind='' inside='' ;;
        yes*) printf '%s\n' "$line" >>"$work/block" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done
}

anew <README.md >"$work/README.md"
if [ "${1:-}" = record ]; then
    cp "$work/README.md" README.md
    exit
fi
# Lines of rule files move with every rule that is added.
unnumbered() {
    sed 's/\([.]yaml:\)[0-9]*)/\1N)/' "$1"
}
unnumbered README.md >"$work/old"
unnumbered "$work/README.md" >"$work/new"
blocks=$(grep -cE '^<!-- (session|run|file .*) -->$' README.md)
if [ "$blocks" = 0 ] || ! diff -u "$work/old" "$work/new"; then
    echo 'README.md does not show what is: sh tests/readme_test.sh record'
    exit 1
fi
echo "readme_test: ok, $blocks blocks"
