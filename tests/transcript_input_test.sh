#!/bin/sh
# transcript_input_test.sh - files that are no transcripts, or too large ones:
# a clear word, or it simply works, within bounded memory.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

# bounded CODE ARGUMENT...: as run, within 800 MB; where the program cannot
# live with a bound, as under the sanitizers, without it.
bounded() {
    (
        # shellcheck disable=SC3045
        sh -c 'ulimit -v 800000 && "$1" --version' sh "$BACKTALK" \
            >/dev/null 2>&1 && ulimit -v 800000
        run "$@" --jobs 2
        exit $failed
    ) || failed=1
}

# ---- Paths

fresh
run 2 nothing.convo.txt
matches 'no such path' "$(cat "$work/err")" 'backtalk: nothing.convo.txt: there is no such file or folder'
run 2 .
matches 'an empty folder' "$(cat "$work/err")" 'backtalk: .: no transcript (\*.convo.txt) is below it'
echo text | write notes.txt
run 2 notes.txt
matches 'another file' "$(cat "$work/err")" 'backtalk: notes.txt: no transcript: its name does not end in .convo.txt'
run 2 ''
ln -s loop.convo.txt "$work/dialogues/loop.convo.txt"
run 2 loop.convo.txt
matches 'a link to itself' "$(cat "$work/err")" 'backtalk: loop.convo.txt: a link that leads to itself'
run 1 .
matches 'a link to itself in a folder' "$(cat "$work/out")" \
    '*loop.convo.txt: cannot be read: a link that leads to itself*'
rm "$work/dialogues/loop.convo.txt"
ln -s nowhere "$work/dialogues/broken.convo.txt"
run 1 .
matches 'a broken link' "$(cat "$work/out")" '*broken.convo.txt: cannot be read: it is not there*'
rm "$work/dialogues/broken.convo.txt"
mkdir -p "$work/dialogues/sub/folder.convo.txt"
ln -s .. "$work/dialogues/sub/up"
printf 'hello\n#me\nhello\n#bot\nTIER none\n' | write sub/folder.convo.txt/a.convo.txt
run 0 .
matches 'a folder that has the name of a transcript, and a loop of links' "$(cat "$work/out")" \
    'ok    sub/folder.convo.txt/a.convo.txt

1 passed*'
mkfifo "$work/dialogues/pipe.convo.txt"
run 1 pipe.convo.txt
matches 'a pipe' "$(cat "$work/out")" '*pipe.convo.txt: not an ordinary file*'
rm "$work/dialogues/pipe.convo.txt"
if [ "$(id -u)" != 0 ]; then
    printf 'hello\n#me\nhello\n#bot\nTIER none\n' | write closed.convo.txt
    chmod 0 "$work/dialogues/closed.convo.txt"
    run 1 closed.convo.txt
    matches 'no permission' "$(cat "$work/out")" '*closed.convo.txt: cannot be read: no permission*'
    chmod 600 "$work/dialogues/closed.convo.txt"
fi
deep=$work/dialogues/deep
for _ in 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4; do
    deep=$deep/d
done
mkdir -p "$deep"
run 2 deep
matches 'too deep' "$(cat "$work/err")" '*more than 32 folders inside each other*'

# ---- Contents

fresh
cp "$BACKTALK" "$work/dialogues/binary.convo.txt"
run 1 binary.convo.txt
matches 'a binary file' "$(cat "$work/out")" '*binary.convo.txt:1:*: a NUL byte: this is no text file*'
printf 'title\n#me\nh\351llo\n' | write latin.convo.txt
run 1 latin.convo.txt
matches 'not UTF-8' "$(cat "$work/out")" \
    '*latin.convo.txt:3:2: a byte that is not UTF-8: save the file as UTF-8*'
printf 'title\r#me\rhello\r' | write old.convo.txt
run 1 old.convo.txt
dd if=/dev/zero of="$work/dialogues/huge.convo.txt" bs=1 count=1 seek=104857599 2>/dev/null
bounded 1 huge.convo.txt
matches '100 MB' "$(cat "$work/out")" '*huge.convo.txt: longer than 16 MiB; split it into several transcripts*'
rm "$work/dialogues/huge.convo.txt"
awk 'BEGIN { print "long"; for (i = 0; i < 100000; i++)
    printf "#me\nhello %d\n#bot\nTIER none\n", i }' | write long.convo.txt
bounded 0 long.convo.txt
equals '100,000 turns' "$(cat "$work/out")" 'ok    long.convo.txt

1 passed, 0 failed (1 transcript, 100000 turns)'
sed 's/TIER none/TIER urgent/' "$work/dialogues/long.convo.txt" | write bad.convo.txt
rm "$work/dialogues/long.convo.txt"
bounded 1 bad.convo.txt
equals '100,000 failures' "$(tail -n 3 "$work/out")" 'bad.convo.txt: 90000 more failures are not shown

0 passed, 1 failed (1 transcript, 100000 turns)'
awk 'BEGIN { for (i = 0; i < 5000000; i++) printf "x\n" }' >"$work/dialogues/mistakes"
{ printf 'title\n#begin\n'; cat "$work/dialogues/mistakes"; } | write mistakes.convo.txt
rm "$work/dialogues/mistakes"
bounded 1 mistakes.convo.txt
equals 'millions of mistakes' "$(grep -c 'mistakes.convo.txt:' "$work/out")" 101
matches 'millions of mistakes' "$(tail -n 3 "$work/out")" '*there are more mistakes; mend these first*'
awk 'BEGIN { printf "long\n#me\n"; for (i = 0; i < 9000; i++) printf "0123456789"
    printf "\n#bot\nTIER none\n" }' | write message.convo.txt
run 1 message.convo.txt
matches 'a message above the limit' "$(cat "$work/out")" \
    '*message.convo.txt:3:1: the message could not be read
got         the message has 90000 bytes; at most 65536 are read*'

# ---- Lists and includes that multiply

fresh
awk 'BEGIN { print "UTT_MANY"; for (i = 0; i < 200; i++) print "hello " i }' |
    write many.utterances.txt
printf 'UTT_EMPTY\n\n\n' | write empty.utterances.txt
printf 'many\n#me\nUTT_MANY\n#bot\n*\n#me\nUTT_MANY\n#bot\n*\n' | write a.convo.txt
run 1 a.convo.txt
matches 'too many ways' "$(cat "$work/out")" \
    '*a.convo.txt:7:1: the lists make more than 10000 dialogues of this one*'
printf 'many\n#me\nUTT_EMPTY\n#bot\n*\n' | write a.convo.txt
run 1 a.convo.txt
matches 'an empty list' "$(cat "$work/out")" \
    "*empty.utterances.txt:1:1: the list 'UTT_EMPTY' is empty: write one utterance a line below its name*"
i=0
while [ $i -lt 40 ]; do
    printf 'part %d\n#include\npart %d\npart %d\n' $i $((i + 1)) $((i + 1)) | write $i.pconvo.txt
    i=$((i + 1))
done
printf 'part 40\n#me\nhello\n' | write 40.pconvo.txt
printf 'doubled\n#include\npart 0\n#bot\n*\n' | write a.convo.txt
bounded 1 a.convo.txt
matches 'too deep' "$(cat "$work/out")" '*more than 32 files include each other*'
printf 'part 20\n#me\nhello\n' | write 20.pconvo.txt
bounded 1 a.convo.txt
matches 'too many' "$(cat "$work/out")" '*more than 10000 are included*'
run 1 .
matches 'both' "$(tail -n 1 "$work/out")" '0 passed, 0 failed, 1 could not be run*'

finish transcript_input_test
