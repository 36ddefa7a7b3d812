#!/bin/sh
# transcript_watch_test.sh - backtalk test --watch: what changes is run again,
# a pack that is broken is told and waited for.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

fresh
mkdir "$work/dialogues/sub"
cp -R tests/packs/minimal "$work/dialogues/pack"
printf 'one\n#me\nhello\n#bot\nTIER none\n' | write sub/a.convo.txt
(cd "$work/dialogues" && exec "$BACKTALK" test sub --pack pack --watch </dev/null) >"$work/out" 2>&1 &
watcher=$!
trap 'kill $watcher 2>/dev/null; rm -rf "$work"' EXIT

# until N: N runs are over; a minute is more than any machine needs
until_run() {
    tries=600
    while [ "$(grep -c '^-- .* watching' "$work/out")" -lt "$1" ]; do
        tries=$((tries - 1))
        if ! kill -0 $watcher 2>/dev/null; then
            wait $watcher
            wrong "run $1: ended with $?" "$(cat "$work/out")" 'one more'
            finish transcript_watch_test
        elif [ $tries = 0 ]; then
            wrong "run $1" "$(cat "$work/out")" 'one more'
            finish transcript_watch_test
        fi
        sleep 0.1
    done
}
last() {
    awk '/^-- .* watching/ { last = text; text = ""; next } { text = text $0 "\n" } END { printf "%s", last }' "$work/out"
}

until_run 1
matches 'the first run' "$(last)" '*1 passed, 0 failed*'
printf 'two\n#me\nhello\n#bot\nTIER urgent\n' | write sub/b.convo.txt
until_run 2
matches 'a new transcript' "$(last)" '*FAIL  sub/b.convo.txt*1 passed, 1 failed*'
printf 'two\n#me\nhello\n#bot\nTIER none\n' | write sub/b.convo.txt
until_run 3
matches 'a changed transcript' "$(last)" '*2 passed, 0 failed*'
cp "$work/dialogues/pack/intents/topics/care.yaml" "$work/care"
echo 'topics: [' >>"$work/dialogues/pack/intents/topics/care.yaml"
until_run 4
matches 'a broken pack' "$(last)" '*intents/topics/care.yaml:*does not load*'
grep -q 'not all is well' "$work/out" || wrong 'a broken pack' x 'not all is well'
cp "$work/care" "$work/dialogues/pack/intents/topics/care.yaml"
until_run 5
matches 'a pack that was mended' "$(last)" '*2 passed, 0 failed*'
printf 'UTT_A\nhello\nhi\n' | write a.utterances.txt
until_run 6
printf 'two\n#me\nUTT_A\n#bot\nTIER none\n' | write sub/b.convo.txt
until_run 7
matches 'a list in the folder above' "$(last)" '*3 passed, 0 failed*'
rm "$work/dialogues/sub/"*
until_run 8
matches 'no transcript left' "$(last)" '*no transcript*'
printf 'two\n#me\nhello\n#bot\nTIER none\n' | write sub/b.convo.txt
until_run 9
matches 'one again' "$(last)" '*1 passed, 0 failed*'
kill $watcher
wait $watcher 2>/dev/null

run 2 sub --watch --list
finish transcript_watch_test
