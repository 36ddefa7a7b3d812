#!/bin/sh
# transcript_coverage_test.sh - which rules were used: the table, JSON, the
# tracefile of lcov, the threshold.
# shellcheck source=tests/transcript_shell.sh
. tests/transcript_shell.sh

fresh
printf 'one\n#me\nhello\n#bot\nTIER none\n' | write a.convo.txt
printf 'two\n#me\nno mould, but my neighbour'"'"'s fern has yellow leaves. how often do i water my fern?\n#bot\nTIER none\n' |
    write b.convo.txt
run 0 . --coverage cover.json --coverage cover.info
matches 'the table' "$(cat "$work/out")" '*2 passed*
coverage                  hit     total
topics                      2 of *
findings by polarity        2 of     25    8.0 %
    not: mould hypothetical, mould other_person, mould past, mould present, *
tiers                       1 of      5   20.0 %
    not: avoid, emergency, professional, urgent
all but patterns * %'
python - "$work/dialogues/cover.json" <<'END' || wrong '--coverage' "$(head -c 2000 "$work/dialogues/cover.json")" 'the counts'
import json, sys
cover = json.load(open(sys.argv[1]))
def counts(row): return {(i['name'], i.get('detail', '')): i['count'] for i in cover[row]['items']}
assert cover['topics']['hit'] == 2 and cover['tiers']['percent'] == 20, cover['tiers']
assert counts('topics')['greeting', ''] == 1 and counts('topics')['light', ''] == 0
assert counts('findings by polarity')['mould', 'absent'] == 1
assert counts('findings by polarity')['yellow_leaves', 'other_person'] == 1
assert counts('tiers')['none', ''] == 2
hits = [i for i in cover['topic patterns']['items'] if i['count']]
assert len(hits) == 2 and all(i['line'] and i['column'] and i['file'] for i in hits)
assert cover['cues']['hit'] and cover['slot values']['total'] and cover['answers']['total']
ways = [i for i in cover['alternatives']['items'] if i['name'] == 'watering' and i['number'] < 2]
assert {(i['detail'], i['count']) for i in ways if 'water' not in i['detail']} >= {('often', 1), ('much', 0)}, ways
assert sum(i['count'] for i in cover['wordings']['items'] if i['name'] == 'greeting') == 1
assert len([i for i in cover['wordings']['items'] if i['name'] == 'greeting']) == 2
branches = counts('policy branches')
assert ('fallback_1', 'fallback') in branches and branches['rise_urgent', 'urgent rise'] == 0
rows = ['topics', 'findings by polarity', 'responses', 'wordings', 'policy branches', 'tiers']
assert cover['all']['total'] == sum(cover[r]['total'] for r in rows)
END
python - "$work/dialogues/cover.info" tests/packs/minimal <<'END' || wrong '--coverage=*.info' "$(cat "$work/dialogues/cover.info")" 'lines of the pack'
import os, sys
files, lines, branches = {}, None, {}
for row in open(sys.argv[1]):
    key, _, value = row.strip().partition(':')
    if key == 'SF': lines = files.setdefault(value, {})
    if key == 'DA':
        line, count = map(int, value.split(','))
        assert line not in lines
        lines[line] = count
    if key == 'BRDA':
        line, block, number, taken = value.split(',')
        assert (lines[int(line)] == 0) == (taken == '-'), row
        branches[len(files), line, block, number] = taken
    if key == 'LF': assert len(lines) == int(value)
    if key == 'LH': assert sum(1 for c in lines.values() if c) == int(value)
assert all(os.path.exists(f) for f in files) and len(files) > 4, files
care = files[os.path.realpath(sys.argv[2]) + '/intents/topics/care.yaml']
text = open(sys.argv[2] + '/intents/topics/care.yaml').read().split('\n')
used = [text[l - 1] for l, c in care.items() if c]
assert len(used) == 1 and 'how (?:often|much)' in used[0], used
assert {'-', '0', '1'} <= set(branches.values()), branches
END
if command -v genhtml >/dev/null 2>&1; then
    genhtml -q --branch-coverage -o "$work/html" "$work/dialogues/cover.info" >"$work/genhtml" 2>&1 ||
        wrong 'genhtml' "$(cat "$work/genhtml")" 'pages'
    grep -q 'title="Branch 1 was not taken"' "$work"/html/*/topics/care.yaml.gcov.html ||
        wrong 'genhtml' "$(ls -R "$work/html")" 'branches of a pattern'
else
    echo 'transcript_coverage_test: no genhtml here: what it draws is not tried'
fi

run 0 a.convo.txt --coverage - --repeat 20
matches 'all rounds count' "$(cat "$work/out")" '*wordings                    2 of *'
cp "$work/out" "$work/serial"
run 0 a.convo.txt --coverage - --repeat 20 -j 4
cmp -s "$work/serial" "$work/out" || wrong 'threads' "$(cat "$work/out")" "$(cat "$work/serial")"
run 0 . --tap --coverage -
grep -q coverage "$work/out" && wrong '--tap: the table' there none

run 0 . --min-coverage 1.5
run 1 . --min-coverage 90
matches '--min-coverage' "$(cat "$work/err")" 'backtalk: the coverage is *.* %, below 90 %'
run 1 . --min-coverage 90 -q --tap
run 2 . --min-coverage x
run 2 . --min-coverage 101
run 2 . --coverage ''
run 4 . --coverage /nowhere/x
matches 'no such folder' "$(cat "$work/err")" 'backtalk: cannot write /nowhere/x: ?*'
[ -w /dev/full ] && run 4 . --coverage /dev/full

finish transcript_coverage_test
