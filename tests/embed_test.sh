#!/bin/sh
# embed_test.sh - the hosts in tests/example_*.c do what their first lines say,
# and the smallest says in twenty lines what the program says.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where the examples were built;
# the shipped pack in the working directory; tests/packs.
set -u
: "${BACKTALK:?the program to test}" "${BACKTALK_BUILD:?the folder of the build}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

# example NAME ARGUMENT...: the output is $got
example() {
    name=$1
    shift
    got=$("$BACKTALK_BUILD/tests/example_$name" "$@" 2>&1) ||
        wrong "example_$name $*: status" "$?: $got" 0
}

# equal CASE WANTED: $got
equal() {
    [ "$got" = "$2" ] || wrong "$1" "$got" "$2"
}

# ---- The smallest

lines=$(sed '1d' tests/example_embed.c | grep -c .)
[ "$lines" -le 20 ] || wrong 'example_embed.c: lines' "$lines" 'twenty at most'
said=$(sed -n 's/.*said\[\] = "\(.*\)";/\1/p' tests/example_embed.c)
example embed
equal 'the smallest' "$("$BACKTALK" --pack . -e "$said" || echo failed)"

# ---- Threads, memory

example threads tests/packs/minimal
equal 'threads: all held their talk' 'none: 200
avoid: 0
professional: 0
urgent: 0
emergency: 0'
example threads
equal 'threads: each has its own tier' 'none: 100
avoid: 0
professional: 100
urgent: 0
emergency: 0'
example allocator
matches 'the allocator' "$got" 'my left hand is numb: no memory
my left hand is numb: ok
peak: below [0-9]* MiB; kept: 0 bytes'

# ---- Saved

wanted=$("$BACKTALK" --pack . -e 'my left hand is numb' -e 'since monday' \
    -e 'how do I crack my back?' | grep -v '^$')
example saved
equal 'saved in one process' "$wanted"
for _ in 1 2 3; do
    example saved . "$work/session"
    printf '%s\n' "$got" >>"$work/said"
done
got=$(cat "$work/said")
equal 'saved in three' "$wanted"

# ---- A new pack

version=$("$BACKTALK" --version | sed -n '1s/.* //p')
mkdir "$work/broken"
cp -R intents responses "$work/broken"
printf 'topics:\n  hours: {patterns: [hours], answer: nowhere}\n' \
    >"$work/broken/intents/topics/hours.yaml"
example reload . tests/packs/minimal "$work/broken" .
matches 'reload' "$got" "upper-back: $version
plants: $version
intents/topics/hours.yaml:2: no response 'nowhere'*
$work/broken: kept the old one
upper-back: $version
0 failed"

# ---- An action

mkdir "$work/pack"
cp -R tests/packs/minimal/. tests/packs/actions/. "$work/pack"
example action "$work/pack" 'i am ann' 'remind me' hello 'i am bob' 'remind me'
matches 'an action' "$got" '*
I will.
\[remind: what=to water, {weekly} who=ann times=0]
The reminder is set.
*
I will.
\[remind: what=to water, {weekly} who=bob times=1]
There is no reminder.'

# ---- In other words

for file in tests/example_*.c; do
    "${CC:-cc}" -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -pedantic \
        -Werror -fsyntax-only -Iinclude "$file" 2>"$work/log" ||
        wrong "$file in C99" "$(cat "$work/log")" 'no warning'
    name=${file##*/}
    grep -q "$name" README.md || wrong 'README.md' 'another list' "$name"
done

[ "$failed" = 0 ] && echo 'embed_test: ok'
exit "$failed"
