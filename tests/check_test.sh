#!/bin/sh
# check_test.sh - backtalk check as a program: the report, JSON, SARIF, what
# it ends with. The rules are looked after by checks_test.c.
# In: $BACKTALK, the program; tests/packs/checked, in which nothing is wrong,
# and tests/checks. Run from the repository's top.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BACKTALK_PACK NO_COLOR
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

# run CODE ARGUMENT...: leaves $work/out and $work/err
run() {
    wanted=$1
    shift
    "$BACKTALK" check "$@" </dev/null >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = "$wanted" ] || wrong "check $*: exit" "$code" "$wanted"
}

run 0 --pack tests/packs/checked
matches 'nothing is wrong' "$(cat "$work/out")" '*0 errors, 0 warnings'

cp -r tests/packs/checked "$work/pack"
cp tests/checks/examples_wrong.yaml "$work/pack/intents"
run 1 --pack "$work/pack" --sarif "$work/report.sarif"
matches 'a rule' "$(cat "$work/out")" 'example-missed (error)
    why:  *
    mend: *
intents/examples_wrong.yaml:6:64: error: '"'hello': wanted topic colour, got topic greeting"' ?example-missed?
*
*5 errors, *'
[ -s "$work/err" ] && wrong 'stderr without a terminal' "$(cat "$work/err")" ''

run 1 --pack "$work/pack" --json
cp "$work/out" "$work/json"
if command -v python3 >/dev/null 2>&1; then
    python3 - "$work/json" "$work/report.sarif" <<'END' || wrong 'JSON and SARIF' "$(head -c 500 "$work/json")" 'the problems'
import json, os, sys, urllib.parse
report = json.load(open(sys.argv[1]))
assert report['errors'] == 5
first = report['problems'][0]
assert (first['rule'], first['level'], first['line'], first['column']) == ('example-missed', 'error', 6, 64)
assert first['why'] and first['mend'] and first['excused'] is False
sarif = json.load(open(sys.argv[2]))
assert sarif['version'] == '2.1.0' and len(sarif['runs']) == 1
run = sarif['runs'][0]
known = {r['id']: r for r in run['tool']['driver']['rules']}
assert len(known) >= 4 and all(r['shortDescription']['text'] and r['help']['text'] for r in known.values())
assert len(run['results']) == len(report['problems'])
base = urllib.parse.urlparse(run['originalUriBaseIds']['PACK']['uri'])
assert base.scheme == 'file' and base.path.endswith('/pack/')
for result, problem in zip(run['results'], report['problems']):
    place = result['locations'][0]['physicalLocation']
    assert os.path.exists(urllib.parse.unquote(base.path) + place['artifactLocation']['uri'])
    assert place['region'] == {'startLine': problem['line'], 'startColumn': problem['column']}
    assert result['ruleId'] in known and result['message']['text'] == problem['what']
END
fi

many=$(seq -s ', ' -f 'word%.0f' 30)
printf 'topics:\n  many: {answer: boiling, patterns: [manyfold], examples: [%s], not: [a, b]}\n' \
    "$many" >"$work/pack/intents/many.yaml"
run 1 --pack "$work/pack"
matches 'only the first' "$(cat "$work/out")" '*    and 28 more; --all prints them*'
printf 'topics:\n  others: {answer: boiling, patterns: [otherfold], examples: [x, y, z, a, b, c], not: [d, e]}\n' \
    >"$work/pack/intents/others.yaml"
run 1 --pack "$work/pack"
matches 'by file' "$(cat "$work/out")" \
    '*    most of them: 30 in intents/many.yaml, 6 in intents/others.yaml, *'
matches 'by rule' "$(cat "$work/out")" '*problems by rule
*  example-missed * errors*'
rm "$work/pack/intents/others.yaml"
run 1 --pack "$work/pack" --all
count=$(grep -c 'word[0-9]*.: wanted topic many' "$work/out")
[ "$count" = 30 ] || wrong '--all' "$count" 30

sed -n 's/^     "id": "\(.*\)",$/\1/p; s/.*"id": "\([a-z-]*\)".*/\1/p' "$work/report.sarif" |
    sort -u >"$work/rules"
[ -s "$work/rules" ] || wrong 'rules' none some
while read -r rule; do
    grep -qE "^\.It Ic (.*[ ,])?$rule( |$)" bot/front/backtalk.1 ||
        wrong "backtalk.1 names $rule" no yes
done <"$work/rules"

run 3 --pack "$work"
run 2 --pack tests/packs/checked surplus
run 2 --sarif ''
run 4 --pack tests/packs/checked --sarif /nowhere/x
matches 'no such folder' "$(cat "$work/err")" 'backtalk: cannot write /nowhere/x: ?*'

[ $failed = 0 ] && echo 'check_test: ok'
exit $failed
