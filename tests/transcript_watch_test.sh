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

last() {
    awk '/^-- .* watching/ { last = text; text = ""; next }
        { text = text $0 "\n" }
        END { printf "%s", last }' "$work/out"
}

# until CASE PATTERN: the last run that is over is of this kind; a minute is
# more than any machine needs
until_run() {
    tries=600
    while :; do
        # shellcheck disable=SC2254
        case $(last) in $2) return ;; esac
        tries=$((tries - 1))
        if [ $tries = 0 ] || ! kill -0 $watcher 2>/dev/null; then
            kill -0 $watcher 2>/dev/null || echo "it has ended"
            wrong "$1" "$(cat "$work/out")" "$2"
            finish transcript_watch_test
        fi
        sleep 0.1
    done
}

until_run 'the first run' '*1 passed, 0 failed*'
printf 'two\n#me\nhello\n#bot\nTIER urgent\n' | write sub/b.convo.txt
until_run 'a new transcript' '*FAIL  sub/b.convo.txt*1 passed, 1 failed*'
printf 'two\n#me\nhello\n#bot\nTIER none\n' | write sub/b.convo.txt
until_run 'a changed transcript' '*2 passed, 0 failed*'
cp "$work/dialogues/pack/intents/topics/care.yaml" "$work/care"
echo 'topics: [' >>"$work/dialogues/pack/intents/topics/care.yaml"
until_run 'a broken pack' '*intents/topics/care.yaml:*does not load*'
grep -q 'not all is well' "$work/out" || wrong 'a broken pack' x 'not all is well'
cp "$work/care" "$work/dialogues/pack/intents/topics/care.yaml"
until_run 'a pack that was mended' '*2 passed, 0 failed*'
printf 'UTT_A\nhello\nhi\n' | write a.utterances.txt
printf 'two\n#me\nUTT_A\n#bot\nTIER none\n' | write sub/b.convo.txt
until_run 'a list in the folder above' '*3 passed, 0 failed*'
rm "$work/dialogues/sub/"*
until_run 'no transcript left' '*no transcript*'
printf 'two\n#me\nhello\n#bot\nTIER none\n' | write sub/b.convo.txt
until_run 'one again' '*1 passed, 0 failed*'
kill $watcher
wait $watcher 2>/dev/null

run 2 sub --watch --list
finish transcript_watch_test
