#!/bin/sh
# transcript_threads_test.sh - many threads share one bot: the report is that
# of one thread, byte for byte.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

fresh
i=0
while [ $i -lt 400 ]; do
    # Some fail, some have mistakes, some take longer, some have a seed.
    printf 'number %d\n#begin\nSEED %d\nCLOCK 2026-01-0%d\n' $i $((i % 3)) $((i % 9 + 1))
    [ $((i % 50)) = 7 ] && echo 'TEIR'
    turns=$((i % 7 * (i % 5)))
    while [ $turns -ge 0 ]; do
        printf '#me\nthe soil is mouldy, %d out of 10. how often do i water my fern?\n#bot\n' $turns
        if [ $((i % 11)) = 3 ]; then echo 'TIER urgent'; else echo 'TIER professional'; fi
        turns=$((turns - 1))
    done
    i=$((i + 1))
done | awk -v folder="$work/dialogues" '/^number/ { close(file); file = folder "/" $2 ".convo.txt" }
    { print > file }'
run 1 . -j 1 --coverage one.json
cp "$work/out" "$work/one"
for jobs in 2 8 64; do
    run 1 . -j $jobs --coverage many.json
    cmp -s "$work/one" "$work/out" || wrong "-j $jobs" other 'the same report'
    cmp -s "$work/dialogues/one.json" "$work/dialogues/many.json" ||
        wrong "-j $jobs: coverage" other same
done
run 1 . -j 8 --fail-fast
equals '--fail-fast' "$(grep -c '^FAIL \|^error ' "$work/out")" 1
cp "$work/out" "$work/one"
run 1 . -j 1 --fail-fast
cmp -s "$work/one" "$work/out" || wrong '--fail-fast' other 'the same report'

finish transcript_threads_test
