#!/bin/sh
# mutate_test.sh - backtalk check --mutate: each kind of change is noticed
# where something looks at it, and told where nothing does.
# In: $BACKTALK, the program; tests/packs/changed, and what of its changes
# nothing notices, unnoticed.want. Run from the repository's top.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BACKTALK_PACK NO_COLOR
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh
shop=tests/packs/changed

# mutate CODE ARGUMENT...: leaves $work/out and $work/err
mutate() {
    wanted=$1
    shift
    "$BACKTALK" check --mutate "$@" </dev/null >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = "$wanted" ] ||
        wrong "check --mutate $*: exit $code, not $wanted" \
            "$(cat "$work/err")" ''
}

cp -r $shop "$work/before"
mutate 0 --pack $shop --all $shop/transcripts
cmp -s $shop/unnoticed.want "$work/out" ||
    wrong 'what nothing notices' "$(diff $shop/unnoticed.want "$work/out")" ''
[ -s "$work/err" ] && wrong 'stderr without a terminal' "$(cat "$work/err")" ''
diff -r $shop "$work/before" >"$work/diff" ||
    wrong 'the pack is left alone' "$(cat "$work/diff")" ''

# Who notices, for each kind of change.
mutate 0 --pack $shop --all --json --sarif "$work/sarif" $shop/transcripts
cp "$work/out" "$work/json"
if command -v python3 >/dev/null 2>&1; then
    python3 - "$work/json" "$work/sarif" <<'END' || wrong 'JSON' "$(tail -n 20 "$work/json")" ''
import collections, json, sys
report = json.load(open(sys.argv[1]))
changes = report['changes']
assert len(changes) == report['tried'] == report['possible']
by = collections.Counter(c['by'] for c in changes)
assert by == collections.Counter({k: v for k, v in report['by'].items() if v}), by
assert {'loading', 'rules', 'examples', 'transcripts', 'nothing'} <= set(by)
noticed = {c['rule'] for c in changes if c['by'] != 'nothing'}
kinds = {k['rule'] for k in report['kinds']}
assert noticed == kinds and len(kinds) == 20, kinds - noticed
unnoticed = [(c['rule'], c['what']) for c in changes if c['by'] == 'nothing']
told = [(p['rule'], p['what']) for p in report['problems']]
assert sorted(unnoticed) == sorted(told) and len(told) == report['warnings']
assert all(p['why'] and p['mend'] and p['line'] for p in report['problems'])
def who(what):
    return [(c['by'], c.get('where', '').split('/')[-1]) for c in changes if c['what'] == what]
assert who("finding 'rust' without the pattern 'corroded'") == [('examples', 'shop.yaml:51:87')]
assert who("response 'riding' without 'technique: true'") == [('transcripts', 'talk.convo.txt')]
assert who("finding 'no_brakes' without 'rise: stop_now'")[0][0] == 'rules'
assert who("response 'screening_ask' without 'a leak'") == [('transcripts', 'talk.convo.txt')]
sarif = json.load(open(sys.argv[2]))['runs'][0]
assert {r['id'] for r in sarif['tool']['driver']['rules']} == kinds
assert [r['message']['text'] for r in sarif['results']] == [p['what'] for p in report['problems']]
END
fi

# Without transcripts, less is noticed; the kinds are dealt evenly.
mutate 0 --pack $shop
matches 'a sample' "$(tail -n 1 "$work/out")" '* % of 60 changes, of 148 possible (seed 0)'
grep -q 'transcripts 0, ' "$work/out" || wrong 'transcripts' "$(cat "$work/out")" 0
awk '/tried, / && $4 != 3 && $4 != $6 && $4 != 4 { exit 1 }' "$work/out" ||
    wrong 'as many of each' "$(grep 'tried, ' "$work/out")" '3 or 4'
cp "$work/out" "$work/first"
mutate 0 --pack $shop
cmp -s "$work/first" "$work/out" || wrong 'the same seed' "$(cat "$work/out")" ''
mutate 0 --pack $shop --seed 7
cmp -s "$work/first" "$work/out" && wrong 'another seed' same other

# One kind of change.
mutate 1 --pack $shop --filter screen
matches 'one kind' "$(tail -n 1 "$work/out")" '* of 3 changes, of 3 possible *'
grep -q "without 'a leak'" "$work/out" || wrong 'one kind' "$(cat "$work/out")" ''
mutate 2 --pack $shop --filter kettle
matches 'no kind' "$(cat "$work/err")" "*no kind of change has 'kettle' in its name"

# The proof notices what it can see, and is asked last.
mutate 0 --pack $shop --all --proof
matches 'the proof' "$(cat "$work/out")" '*noticed by *, transcripts 0, proof [1-9]*'

# A reason excuses, and then it does not count.
cp -r $shop "$work/pack"
sed -i.old 's/^  riding: /  # check-ok drop-alternative: nobody goes fast\n&/' "$work/pack/intents/shop.yaml"
mutate 0 --pack "$work/pack" --all $shop/transcripts
matches 'excused' "$(cat "$work/out")" '*1 unnoticed, but excused*'
grep -q "without 'go'" "$work/out" && wrong 'excused' 'printed' 'not printed'
"$BACKTALK" check --pack "$work/pack" >"$work/out"
grep -q 'excuse' "$work/out" && wrong 'check and the excuse' "$(cat "$work/out")" ''

# Too little is noticed.
sed -i.old 's/noticed: 10/noticed: 99.5/' "$work/pack/responses/shop.yaml"
mutate 1 --pack "$work/pack"
matches 'too little' "$(tail -n 1 "$work/out")" '*; the pack wants 99.5 %'

# What fails as it is.
sed -i.old 's/there is rust,/there is dust,/' "$work/pack/intents/shop.yaml"
mutate 1 --pack "$work/pack"
matches 'an example' "$(cat "$work/err")" 'backtalk: mend the pack first: without any change it fails by its examples: intents/shop.yaml:*'
sed 's/TIER avoid/TIER urgent/' $shop/transcripts/leak.convo.txt >"$work/red.convo.txt"
mutate 1 --pack $shop "$work/red.convo.txt"
matches 'a transcript' "$(cat "$work/err")" '*fails by its transcripts: */red.convo.txt'
printf 'a title\n\n#me\nhi\n\n#bot\nRESPONSE nothing_like_it\n' >"$work/bad.convo.txt"
mutate 4 --pack $shop "$work/bad.convo.txt"
matches 'a bad transcript' "$(cat "$work/err")" '*bad.convo.txt: cannot be played; see backtalk test*'

mutate 2 --pack $shop "$work/nowhere"
mutate 2 --pack $shop --transcripts "$work"
mutate 3 --pack "$work"
mutate 4 --pack $shop --sarif /nowhere/x
matches 'no such folder' "$(cat "$work/err")" 'backtalk: cannot write /nowhere/x: ?*'

[ $failed = 0 ] && echo 'mutate_test: ok'
exit $failed
