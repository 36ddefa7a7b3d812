#!/bin/sh
# transcript_accept_test.sh - backtalk test --accept: what failed is rewritten
# in place, everything else stays byte for byte.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

# accepts CASE BEFORE AFTER: what stands below #bot of a turn with two
# messages and a finding
accepts() {
    fresh
    printf 'UTT_NO\nno such\nmessage\n' | write no.utterances.txt
    printf 'title\n#me\nthe soil is mouldy, 7 out of 10. how often do i water my fern?\n#bot\n%s\n' "$2" |
        write x.convo.txt
    run 0 x.convo.txt --accept
    equals "$1" "$(sed 1,4d "$work/dialogues/x.convo.txt")" "$3"
    run 0 x.convo.txt
}
first='With mould, ask a gardener.'
second='Water it when the upper inch of the soil is dry. Most plants die of too much.'

# ---- Assertions

accepts 'TIER' 'TIER none' 'TIER professional'
accepts '!TIER' '!TIER professional' 'TIER professional'
accepts 'TOPIC' 'TOPIC greeting' 'TOPIC watering'
accepts '!TOPIC' '!TOPIC *' 'TOPIC watering'
accepts 'RESPONSE' 'RESPONSE greeting' 'RESPONSE rise_professional'
accepts 'RESPONSE, two' "$(printf 'RESPONSE greeting\nRESPONSE thanks')" \
    "$(printf 'RESPONSE rise_professional\nRESPONSE watering')"
accepts 'RESPONSE, one holds' "$(printf 'RESPONSE water*\nRESPONSE thanks\nRESPONSE pets')" \
    "$(printf 'RESPONSE water*\nRESPONSE rise_professional\n!RESPONSE pets')"
accepts '!RESPONSE' '!RESPONSE w*' 'RESPONSE w*'
accepts 'FINDING, another polarity' 'FINDING mould absent' 'FINDING mould present'
accepts 'FINDING, none' 'FINDING rash present' '!FINDING rash'
accepts '!FINDING' '!FINDING mould' 'FINDING mould present'
accepts 'SLOT' 'SLOT severity 3' 'SLOT severity 7'
accepts 'SLOT, none' 'SLOT onset monday' '!SLOT onset'
accepts 'TECHNIQUE' 'TECHNIQUE yes' 'TECHNIQUE no'
accepts 'MESSAGES' 'MESSAGES 1' 'MESSAGES 2'
accepts 'BECAUSE' 'BECAUSE of you' 'BECAUSE the tier rose'
accepts '!BECAUSE' '!BECAUSE the tier*' 'BECAUSE the tier*'

# ---- Texts

accepts 'another text' "$(printf 'With mould, ask a doctor.\n%s' "$second")" \
    "$(printf '%s\n%s' "$first" "$second")"
accepts 'missing lines' "$(printf '%s\nIn between\n%s\nAnd more' "$first" "$second")" \
    "$(printf '%s\n%s' "$first" "$second")"
accepts 'unexpected messages' "$second" "$(printf '%s\n%s' "$first" "$second")"
accepts 'unexpected messages behind' 'With*' "$(printf 'With*\n%s' "$second")"
accepts 'wildcards that match stay' "$(printf 'With *\nWater * dry. Few * much.')" \
    "$(printf 'With *\nWater it when the upper inch of the soil is dry. Most plants die of too much.')"
accepts 'wildcards between words that come stay' "$(printf '*gardener.\nWater it * soil is *. Most roses die of too much.')" \
    "$(printf '*gardener.\nWater it * soil is dry. Most plants die of too much.')"
accepts 'wildcards at the ends' "$(printf 'Without *, ask a gardener.\n*soil is wet. Most*')" \
    "$(printf 'With mould, ask a gardener.\n%s' "$second")"
accepts 'what must not come' "$(printf '!*mould*\n!*tomato*\nTIER professional')" \
    "$(printf '!*tomato*\nTIER professional')"
accepts 'a section that loses its only line' "$(printf '%s\n#  bot\n// why\nAnd more\n#bot\nW*' "$first")" \
    "$(printf '%s\n// why\n#bot\nW*' "$first")"
accepts 'a list' "$(printf 'UTT_NO\nWater*')" "$(printf '%s\nWater*' "$first")"
accepts 'one of' "$(printf 'ONE_OF a|b\nWater*')" "$(printf 'ONE_OF a|b|%s\nWater*' "$first")"

# ---- What stays

fresh
printf '\357\273\277odd  title \r\nabout this\r\n\r\n#me\r\n  the soil is mouldy  \r\n\r\n# bot\r\n\t// why\r\n\tTIER none \t\r\n\r\n?Bye*\r\n  !TOPIC thanks\r\n#me\nhello\n#bot\nGood night' |
    write x.convo.txt
chmod 640 "$work/dialogues/x.convo.txt"
mkdir "$work/dialogues/real"
mv "$work/dialogues/x.convo.txt" "$work/dialogues/real/file"
ln -s real/file "$work/dialogues/x.convo.txt"
cp "$work/dialogues/real/file" "$work/before"
run 1 x.convo.txt --accept --dry-run
cmp -s "$work/before" "$work/dialogues/real/file" || wrong '--dry-run' 'it was written' 'nothing'
cp "$work/out" "$work/diff"
matches '--dry-run' "$(cat "$work/out")" '--- x.convo.txt
+++ x.convo.txt
@@ -6,11 +6,12 @@
*-	TIER none *
+	TIER professional *
*
-Good night
\\ No newline at end of file
+Good day! What grows?
\\ No newline at end of file

0 passed, 1 failed*'
run 0 x.convo.txt --accept
matches '--accept' "$(cat "$work/out")" 'new   x.convo.txt

1 passed*'
[ -L "$work/dialogues/x.convo.txt" ] || wrong 'a link' 'a file' 'a link'
matches 'its mode' "$(ls -l "$work/dialogues/real/file")" '-rw-r-----*'
equals 'no other file' "$(ls "$work/dialogues/real")" file
printf '\357\273\277odd  title \r\nabout this\r\n\r\n#me\r\n  the soil is mouldy  \r\n\r\n# bot\r\n\t// why\r\n\tTIER professional \t\r\n\r\n?Bye*\r\nWith mould, ask a gardener.\r\n  !TOPIC thanks\r\n#me\nhello\n#bot\nGood day! What grows?' >"$work/after"
cmp -s "$work/dialogues/real/file" "$work/after" ||
    wrong 'what stays' "$(od -c "$work/dialogues/real/file")" "$(od -c "$work/after")"
if command -v patch >/dev/null 2>&1; then
    cp "$work/before" "$work/patched"
    patch --binary -s "$work/patched" "$work/diff" >/dev/null
    cmp -s "$work/patched" "$work/dialogues/real/file" ||
        wrong 'the diff is one for patch' "$(cat "$work/diff")" 'the same file'
fi

# ---- What is not accepted

fresh
printf 'UTT_SOIL\nthe soil is mouldy\nhello\n' | write soil.utterances.txt
printf 'part\n#me\nhello\n#bot\nTIER urgent\n' | write part.pconvo.txt
printf 'runs\n#me\nUTT_SOIL\n#bot\nTIER professional\nTOPIC thanks\nTECHNIQUE yes\nWith*\n#include part\n' |
    write x.convo.txt
cp "$work/dialogues/part.pconvo.txt" "$work/part"
run 1 x.convo.txt --accept
matches 'runs that differ, and what is included' "$(cat "$work/out")" '*part.pconvo.txt:5:1: not accepted: it is included by others, too
*x.convo.txt:5:1: not accepted: it would not hold in every run of the lists
*x.convo.txt:6:1: not accepted: it would not hold*FAIL  x.convo.txt (2 of 2)*'
equals 'what agrees is accepted' "$(sed -n 7p "$work/dialogues/x.convo.txt")" 'TECHNIQUE no'
cmp -s "$work/part" "$work/dialogues/part.pconvo.txt" || wrong 'included' changed same
printf 'sections\n#me\nhello\n#bot\nTIER none\n#bot\n*\n' | write y.convo.txt
run 1 y.convo.txt --accept
matches 'a section without text' "$(cat "$work/out")" \
    '*y.convo.txt:4:1: not accepted: the section names no text*'
printf 'broken\n#me\nhello\n#bot\nTEIR none\n' | write broken.convo.txt
run 1 broken.convo.txt --accept --dry-run
matches 'a transcript with mistakes' "$(cat "$work/out")" "*broken.convo.txt:5:1: 'TEIR' is no keyword*"
run 2 x.convo.txt --accept --tap
run 2 x.convo.txt --dry-run
fresh
for name in a b c d; do
    printf 'one\n#me\nhello\n#bot\nTIER urgent\n' | write $name.convo.txt
done
run 0 . --accept
equals 'many' "$(cat "$work/out")" 'new   a.convo.txt
new   b.convo.txt
new   c.convo.txt
new   d.convo.txt

4 passed, 0 failed (4 transcripts, 4 turns)'

finish transcript_accept_test
