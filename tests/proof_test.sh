#!/bin/sh
# proof_test.sh - backtalk check --proof: nothing is found in a pack that is
# right; one change at a time breaks a rule, which is found, and the
# conversation that shows it fails with the change and holds without it.
# In: $BACKTALK, the program; tests/packs/proof. Run from the repository's top.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BACKTALK_PACK
right=tests/packs/proof
failed=0 faults=0

wrong() {
    failed=1
    printf 'FAILED: %s\n     got: %.1500s\n' "$1" "$2"
}

prove() { # prove CODE ARGUMENT...: leaves $work/out
    wanted=$1
    shift
    "$BACKTALK" check --proof "$@" </dev/null >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = "$wanted" ] ||
        wrong "check --proof $*: exit $code, not $wanted" \
            "$(cat "$work/out" "$work/err")"
}

# fault RULE WHAT FILE SED: the change, and the rule that it breaks
fault() {
    faults=$((faults + 1))
    rm -rf "$work/pack" "$work/shown"
    cp -r "$right" "$work/pack"
    mkdir "$work/shown"
    sed "$4" "$right/$3" >"$work/pack/$3"
    if cmp -s "$right/$3" "$work/pack/$3"; then
        wrong "$2: the pack was not changed" "$4"
        return
    fi
    prove 1 --pack "$work/pack" --transcripts "$work/shown"
    grep -q "^BROKEN  $1 " "$work/out" ||
        wrong "$2: rule '$1' is not broken" "$(cat "$work/out")"
    set -- "$1" "$2" "$work"/shown/*_"$1".convo.txt
    [ -f "$3" ] || wrong "$2: no transcript" "$(ls "$work/shown")"
    for transcript in "$work"/shown/*.convo.txt; do
        [ -f "$transcript" ] || continue
        "$BACKTALK" test --pack "$work/pack" "$transcript" >"$work/red" 2>&1
        [ $? = 1 ] || wrong "$2: $transcript does not fail" \
            "$(cat "$transcript" "$work/red")"
        "$BACKTALK" test --pack "$right" "$transcript" >"$work/green" 2>&1 ||
            wrong "$2: $transcript fails without the change, too" \
                "$(cat "$transcript" "$work/green")"
    done
}

says=responses/clinic.yaml
hears=intents/clinic.yaml

prove 0 --pack $right
grep -q '^0 faults; ' "$work/out" || wrong 'no faults' "$(cat "$work/out")"
grep -q '^BROKEN' "$work/out" && wrong 'no rule is broken' "$(cat "$work/out")"
grep -q '^- At most 2 findings' "$work/out" ||
    wrong 'what is assumed' "$(cat "$work/out")"
prove 0 --pack $right --findings 1
grep -q '^- At most 1 findings' "$work/out" ||
    wrong '--findings' "$(cat "$work/out")"

fault technique 'a technique that lost its mark' $says \
    's/technique: true, //'
fault technique 'the end of the form gives technique' $says \
    's/say: Thank you\./say: Now roll slowly./'
fault reassurance 'a reassurance that lost its mark' $says \
    's/, reassures: true//'
fault reassurance 'the end of the form calms' $says \
    's/say: Thank you\./say: That is harmless./'
fault names 'one wording of an alarm lacks the number' $says \
    's/, call 112 now/, call for help/'
fault names 'so does the alarm of one finding' $says \
    's/112 is there at any hour/Somebody is there/'
fault names 'so does what stands in place of all answers' $says \
    's/Somebody at 112/Somebody/'
fault names 'so does what is said when an alarm stands' $says \
    's/It stays so. Call 112./It stays so./'
fault names 'a refusal does not say by when' $says \
    's/saw it today/saw it/'
fault names 'a tier has the words of another response' $says \
    's/rise: rise_urgent/rise: noted/'
fault exit 'no way out of the form' $hears \
    's/{does: cancel, /{/'
fault exit 'a way out at tier none only' $hears \
    's/{does: cancel, /{does: cancel, when: {tier: [none]}, /'
fault start 'no way to start over' $hears \
    's/{does: restart, /{/'
fault start 'a way to start over at tier none only' $hears \
    's/{does: restart, /{does: restart, when: {tier: [none]}, /'
fault confirmed 'an alarm that is taken back without a question' $says \
    '/^  told: /d'
fault livelock 'doubt is answered with the question' $says \
    's/unsure: careful}/unsure: screening_again}/'
fault third 'two questions in the same words' $hears \
    's/ask: Left or right?/ask: For how many years?/'
fault memory 'symptoms are forgotten over night' $says \
    's/stale_hours: 48/stale_hours: 12/'
fault calling 'the form asks where a doctor must be seen today' $hears \
    's/when: {tier: \[none, avoid, professional\]}/when: {tier: [none, avoid, professional, urgent]}/'

mkdir "$work/none"
sed 's/technique: true, //' $right/$says >"$work/says"
cp -r $right "$work/other"
cp "$work/says" "$work/other/$says"
prove 4 --pack "$work/other" --transcripts "$work/none/nowhere"
prove 4 --pack "$work/other" --sarif "$work/none/nowhere/x"

# The same as JSON, and for code hosts.
prove 1 --pack "$work/other" --json --sarif "$work/sarif"
cp "$work/out" "$work/json"
if command -v python3 >/dev/null 2>&1; then
    python3 - "$work/json" "$work/sarif" <<'END' || wrong 'JSON' "$(head -c 900 "$work/json")"
import json, sys
report = json.load(open(sys.argv[1]))
faults = report['problems']
assert faults and report['errors'] == len(faults) and report['complete']
assert report['states'] > 9 and report['transitions'] > 9 and report['depth'] > 1
first = faults[0]
assert first['rule'] == 'technique' and first['level'] == 'error' and first['why'] and first['mend']
assert first['file'] and first['line'] and first['replayed'] and '#me' in first['transcript']
rules = {r['rule']: r['holds'] for r in report['rules']}
assert {r for r, holds in rules.items() if not holds} == {f['rule'] for f in faults}
assert len(rules) == 14 and all(r['why'] for r in report['rules'])
sarif = json.load(open(sys.argv[2]))['runs'][0]
assert {r['id'] for r in sarif['tool']['driver']['rules']} == set(rules)
assert [r['message']['text'] for r in sarif['results']] == [f['what'] for f in faults]
assert all(r['level'] == 'error' for r in sarif['results'])
END
fi
prove 0 --pack $right --json
grep -q '"problems": \[\]' "$work/out" || wrong 'JSON of nothing' "$(cat "$work/out")"
prove 2 --pack $right --all
prove 3 --pack "$work/none"

[ "$failed" = 0 ] && echo "proof_test: ok, $faults faults found"
exit "$failed"
