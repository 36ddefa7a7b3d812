#!/bin/sh
# transcript_test.sh - backtalk test: what passes, what fails and how that is
# told, reports, exit codes, threads.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

# passes CASE, fails CASE PATTERN...: standard input is what stands below the
# title; each pattern must match the whole report
passes() {
    fresh
    { echo title && cat; } | write x.convo.txt
    run 0 x.convo.txt
    [ "$code" = 0 ] || echo "     in: $1"
}
fails() {
    name=$1
    shift
    fresh
    { echo title && cat; } | write x.convo.txt
    run 1 x.convo.txt
    for pattern in "$@"; do
        matches "$name" "$(cat "$work/out")" "$pattern"
    done
}

# ---- Texts

passes 'exact, wildcards, blanks folded, several lines, several sections' <<'END'
#me
the soil is mouldy
#bot
With mould,	ask   a gardener.
#me
start over
#me
the soil is mouldy. how often do i water my fern?
#bot
With mould, ask*.
Water it when the upper inch of the soil is dry. *
#me
start over
#me
the soil is mouldy. how often do i water my fern?
#bot
With*
#bot
Water*much.
#me
start over
#me
the soil is mouldy. how often do i water my fern?
#bot
RESPONSE rise_professional
#bot
*Most plants die*
END
passes 'optional, negative, one of' <<'END'
#me
the soil is mouldy. how often do i water my fern?
#bot
?Hello*
With mould*
?With mould*
?*
?Goodbye
!Hello*
!*bye*
#me
hello
#bot
ONE_OF Good day! * | Hello!*|a \| b
!ONE_OF Good night*|Bye*
?ONE_OF so long|bye
END
fails 'another message' \
    '*x.convo.txt:5:1: another message was expected
expected    With mould, ask a doctor.
got         With mould, ask a gardener.
changed     With mould, ask a \[-doctor.-\] {+gardener.+}
you said    the soil is mouldy
findings    mould, present, professional: "mouldy" (intents/findings/*.yaml:*)
*replies     rise_professional, wording 1; the tier rose (*' <<'END'
#me
the soil is mouldy
#bot
With mould, ask a doctor.
END
fails 'the message that is nearest is compared' \
    '*x.convo.txt:5:1: a message came that nothing expects
got         With mould, ask a gardener.
x.convo.txt:5:1: another message was expected
expected    Water it when the lower inch of the soil is dry.*
changed     Water it when the \[-lower-\] {+upper+} inch*' <<'END'
#me
the soil is mouldy. how often do i water my fern?
#bot
Water it when the lower inch of the soil is dry.
END
fails 'too few and too many' \
    '*x.convo.txt:7:1: a message did not come
expected    And more
*' '*x.convo.txt:11:1: a message came that nothing expects
got         *
you said    the soil is mouldy. how often*' <<'END'
#me
hello
#bot
?Never
*
And more
#me
the soil is mouldy. how often do i water my fern?
#bot
With mould*
END
fails 'what must not come' \
    '*x.convo.txt:5:1: a message came that must not come
expected    !\*gardener\*
got         With mould, ask a gardener.
*' <<'END'
#me
the soil is mouldy
#bot
!*gardener*
END

# ---- Assertions

passes 'all of them' <<'END'
#begin
SET window south
SET severity 4
#me
the soil is mouldy
#bot
TIER professional
!TIER none
TOPIC when_to_ask
TOPIC when_*
!TOPIC greeting
RESPONSE rise_professional
!RESPONSE greet*
FINDING mould present
FINDING mould
!FINDING mould absent
!FINDING rash
SLOT window south
SLOT severity 4.0
SLOT severity
!SLOT severity 5
!SLOT onset
TECHNIQUE no
!TECHNIQUE yes
MESSAGES 1
BECAUSE the tier rose
BECAUSE *findings.yaml:*
BECAUSE mould
!BECAUSE no rule matched: fallback
#me
it has no mould any more, since monday
#bot
FINDING mould absent
SLOT onset monday
!TOPIC greeting
END
for assertion in 'TIER urgent' '!TIER professional' 'TOPIC greeting' \
    '!TOPIC *' 'RESPONSE greeting' '!RESPONSE *' 'FINDING mould absent' \
    '!FINDING mould' 'FINDING rash' 'SLOT severity 3' 'SLOT severity' \
    'TECHNIQUE yes' '!TECHNIQUE no' 'MESSAGES 2' 'BECAUSE asked' \
    '!BECAUSE the tier rose'; do
    word=${assertion%% *}
    fails "$assertion" "*x.convo.txt:5:1: this does not hold
expected    $assertion
got         ${word#!} *you said*1 failed*" <<END
#me
the soil is mouldy
#bot
$assertion
END
done
fails 'all failures are told, not only the first' \
    '*x.convo.txt:5:1: *x.convo.txt:6:1: *x.convo.txt:10:1: *1 failed*' <<'END'
#me
the soil is mouldy
#bot
TIER urgent
TOPIC greeting
#me
hello
#bot
TIER none
END

# ---- Settings

passes 'what was known, and the time that passes' <<'END'
#begin
SET window south
CLOCK 2026-01-31T23:59:00Z
#me
how much light does it need
CLOCK +2h
CLOCK +3 days
#bot
*bright window*
SLOT window south
END
fresh
for seed in 0 1 2 3; do
    printf 'seed\n#begin\nSEED %s\n#me\nhello\n#bot\nHello!*\n' $seed |
        write $seed.convo.txt
done
(cd "$work/dialogues" && "$BACKTALK" test .) >"$work/out" 2>&1
matches 'SEED chooses among wordings' "$(tail -n 1 "$work/out")" '[1-3] passed, [1-3] failed*'
printf 'seeds\n#me\nhello\n#bot\nHello!*\n' | write many.convo.txt
run 1 many.convo.txt --repeat 8 --seed 3
matches '--repeat' "$(cat "$work/out")" '*many.convo.txt, seed 3
*many.convo.txt, seed 10
*FAIL: seeds, seed *'
matches '--repeat: each seed is a run' "$(tail -n 1 "$work/out")" '[1-7] passed, [1-7] failed (8 transcripts, 8 turns)'
cp "$work/out" "$work/first"
run 1 many.convo.txt --repeat 8 --seed 3
cmp -s "$work/first" "$work/out" || wrong 'the same seeds, the same runs' other same

# ---- What is shared

fresh
mkdir -p "$work/dialogues/a/b"
printf 'UTT_SOIL\n\nthe soil is mouldy\r\n\tthere is mould on it \n' | write some.utterances.txt
printf 'UTT_HELLO\nHello!*\nGood*\n' | write hello.utterances.txt
printf 'tells of the soil\n#me\nUTT_SOIL\n#bot\nTIER professional\n#include says_hello\n' |
    write soil.pconvo.txt
printf 'says hello\n#me\nhello\n#bot\nUTT_HELLO\n' | write a/says_hello.pconvo.txt
printf 'says hello\n#me\nhello\n#bot\nUTT_HELLO\n' | write says_hello.pconvo.txt
printf 'deep\n#me\nhello\nINCLUDE tells of the soil\n#bot\n!UTT_SOIL\n?UTT_SOIL\n#include\nsays hello\n' |
    write a/b/deep.convo.txt
run 0 .
matches 'files of the folders above' "$(cat "$work/out")" '*2 passed, 0 failed (1 transcript, 8 turns)'
(cd "$work/dialogues/a/b" && "$BACKTALK" test deep.convo.txt) >"$work/out" ||
    wrong 'the same from inside' "$(cat "$work/out")" 'passed'
(cd / && "$BACKTALK" test "$work/dialogues/a/b/deep.convo.txt") >"$work/out" ||
    wrong 'the same from the top' "$(cat "$work/out")" 'passed'
printf 'many\n#me\nUTT_SOIL\n#bot\nTIER none\n#me\nUTT_SOIL\n#bot\nTIER none\n' | write many.convo.txt
run 1 many.convo.txt
matches 'each way through the lists' "$(cat "$work/out")" \
    '*FAIL: many (UTT_SOIL 1, UTT_SOIL 1)*(UTT_SOIL 1, UTT_SOIL 2)*(UTT_SOIL 2, UTT_SOIL 1)*(UTT_SOIL 2, UTT_SOIL 2)*0 passed, 4 failed*'
printf 'says hello\n#me\nhi\n#bot\n*\n' | write twice.pconvo.txt
printf 'two\n#include\nsays hello\n' | write two.convo.txt
run 1 two.convo.txt
matches 'two files of one name' "$(cat "$work/out")" \
    "*two.convo.txt:3:1: 'says hello' is two files: says_hello.pconvo.txt and twice.pconvo.txt*"

# ---- Reports

fresh
mkdir "$work/dialogues/sub"
printf 'good <&"\n#me\nhello\n#bot\nTIER none\n' | write a.convo.txt
printf 'bad #1\n#me\nthe soil is mouldy <b>\n#bot\nTIER none\n' | write b.convo.txt
printf 'no dialogue\n#me\nhello\n' | write c.convo.txt
printf 'another\n#me\nhello\n#bot\nTIER none\n' | write sub/d.convo.txt
printf 'not a transcript\n' | write readme.txt
printf 'hidden\n' | write .e.convo.txt
run 1 .
matches 'the report' "$(cat "$work/out")" 'ok    a.convo.txt
FAIL  b.convo.txt
error c.convo.txt
ok    sub/d.convo.txt

FAIL: bad #1
b.convo.txt:5:1: this does not hold
*
c.convo.txt:1:1: nothing is expected: there is no #bot

2 passed, 1 failed, 1 could not be run (4 transcripts, 3 turns)'
[ -s "$work/err" ] && wrong 'nothing on stderr' "$(cat "$work/err")" ''
grep -q "$(printf '\033')" "$work/out" && wrong 'no colour in a pipe' x ''
cp "$work/out" "$work/serial"
for jobs in 1 2 7; do
    run 1 sub a.convo.txt . -j $jobs b.convo.txt ./sub
    cmp -s "$work/serial" "$work/out" ||
        wrong "each once and in order, -j $jobs" "$(cat "$work/out")" "$(cat "$work/serial")"
done
run 1 . -q
matches '-q' "$(cat "$work/out")" '
FAIL: bad #1*
2 passed, 1 failed, 1 could not be run (4 transcripts, 3 turns)'
run 0 a.convo.txt --quiet
equals '-q, all passed' "$(cat "$work/out")" '1 passed, 0 failed (1 transcript, 1 turn)'
run 1 b.convo.txt --color=always
grep -q "$(printf '\033')" "$work/out" || wrong '--color=always' none escapes

run 1 . --tap
equals '--tap' "$(grep -v '^#' "$work/out")" 'TAP version 13
ok 1 - a.convo.txt: good <&"
not ok 2 - b.convo.txt: bad \#1
not ok 3 - c.convo.txt: no dialogue
ok 4 - sub/d.convo.txt: another
1..4'
matches '--tap: comments' "$(cat "$work/out")" '*
# b.convo.txt:5:1: this does not hold
# expected    TIER none
# got         TIER professional
*'
run 1 . --junit report.xml
python - "$work/dialogues/report.xml" <<'END' || wrong '--junit' "$(cat "$work/dialogues/report.xml")" 'the counts'
import sys, xml.etree.ElementTree as tree
top = tree.parse(sys.argv[1]).getroot()
cases = top.findall('.//testcase')
assert top.attrib['tests'] == '4' and top.attrib['failures'] == '1', top.attrib
assert top.attrib['errors'] == '1' and len(cases) == 4
assert cases[0].attrib['name'] == 'good <&"' and len(cases[0]) == 0
assert cases[1][0].tag == 'failure' and cases[2][0].tag == 'error'
assert 'mouldy <b>' in cases[1][0].text
END
run 1 . --json
python - "$work/out" <<'END' || wrong '--json' "$(cat "$work/out")" 'the object'
import json, sys
report = json.load(open(sys.argv[1]))
assert report['totals'] == {'files': 4, 'passed': 2, 'failed': 1, 'errors': 1, 'turns': 3}
assert [f['status'] for f in report['files']] == ['passed', 'failed', 'error', 'passed']
failure = report['files'][1]['dialogues'][0]['faults'][0]['failures'][0]
assert failure == {'kind': 'assertion', 'file': 'b.convo.txt', 'line': 5, 'column': 1,
                   'expected': 'TIER none', 'got': 'TIER professional'}
assert report['files'][2]['problems'][0]['line'] == 1
END
run 0 a.convo.txt --json --filter good
python -c 'import json, sys; json.load(open(sys.argv[1]))' "$work/out" || wrong '--json' x ''

# ---- Choosing

run 1 . --fail-fast
equals '--fail-fast' "$(grep -c '^ok \|^FAIL \|^error ' "$work/out")" 2
run 0 . --filter 'SUB/'
matches '--filter by path' "$(cat "$work/out")" 'ok    sub/d.convo.txt

1 passed*'
run 0 . --filter 'an*er'
matches '--filter by title' "$(tail -n 1 "$work/out")" '1 passed*'
run 2 . --filter nothing
matches '--filter without a match' "$(cat "$work/err")" "backtalk: no transcript matches 'nothing'"
run 1 . --list
matches '--list' "$(cat "$work/out")" 'a.convo.txt: good <&"
b.convo.txt: bad #1
error c.convo.txt
sub/d.convo.txt: another
*'
run 0 sub --list
equals '--list' "$(cat "$work/out")" 'sub/d.convo.txt: another'

# ---- Variables

mkdir "$work/pack"
cp -r tests/packs/minimal/* tests/packs/variables/* "$work/pack"
write variables.convo.txt <<'END'
what the host has set
#begin
SET plan paid
SET degrees 31
SET window south
#me
any advice?
#bot
Buy the paid one.
SLOT window south
#me
and the weather
#bot
Water it: 31!
END
run 0 variables.convo.txt --pack "$work/pack"
write variables.convo.txt <<'END'
a value that it cannot have
#begin
SET plan owed
#me
any advice?
#bot
*
END
run 1 variables.convo.txt --pack "$work/pack"
matches 'a value that it cannot have' "$(cat "$work/out" "$work/err")" \
    "*variable 'plan' cannot be 'owed'*"
rm "$work/dialogues/variables.convo.txt"

# ---- Ends

run 3 . --pack /nowhere
run 2
matches 'no path' "$(cat "$work/err")" 'backtalk: test: say which transcripts*'
run 2 . --tap --json
run 2 . --jobs 0
run 2 . --repeat x
run 2 . --filter ''
run 4 . --junit /nowhere/report.xml
matches '--junit' "$(cat "$work/err")" 'backtalk: cannot write /nowhere/report.xml: ?*'
if [ -w /dev/full ]; then
    (cd "$work/dialogues" && "$BACKTALK" test a.convo.txt >/dev/full 2>"$work/err")
    code=$?
    [ $code = 4 ] || wrong 'a full disk: exit' $code 4
    run 4 a.convo.txt --junit /dev/full
fi

finish transcript_test
