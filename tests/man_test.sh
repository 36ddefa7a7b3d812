#!/bin/sh
# man_test.sh - backtalk-pack(5) names every key that the loader knows, in its
# section, and its examples load.
# In: $BACKTALK, the program, which lists the keys that there are when it meets
# one that there is not; the pack in tests/packs/minimal. Run from the
# repository's top. The options are looked after by options_test.sh.
set -u
: "${BACKTALK:?the program to test}"
page=bot/pack/backtalk-pack.5
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

wrong() {
    failed=1
    printf 'FAILED: %s\n     got: %.600s\n  wanted: %.300s\n' "$1" "$2" "$3"
}

# Rows: a map with a key that there is not; the section that names those.
maps() {
    cat <<'END'
zz: 1 | TOP LEVEL
pack: {zz: 1} | TOP LEVEL
pack: {english: {zz: 1}} | SPELLING
answers: {zz: 1} | TOP LEVEL
topics: {a: {zz: 1}} | TOPICS
topics: {a: {when: {zz: 1}}} | CONDITIONS
findings: {a: {zz: 1}} | FINDINGS
findings: {a: {raise: [{zz: 1}]}} | FINDINGS
findings: {a: {examples: {zz: 1}}} | FINDINGS
{findings: {a: {tier: none}}, examples: {a: {zz: 1}}} | EXAMPLES APART
slots: {a: {zz: 1}} | SLOTS
values: {zz: 1} | VALUES
forms: {a: {zz: 1}} | FORMS
forms: {a: {questions: [{zz: 1}]}} | FORMS
cues: {zz: 1} | CUE WORDS
cues: {absent: {zz: 1}} | CUE WORDS
responses: {a: {zz: 1}} | RESPONSES
responses: {a: {say: [{zz: 1}]}} | RESPONSES
variables: {a: {zz: 1}} | VARIABLES
actions: {a: {zz: 1}} | HOST ACTIONS
hooks: {a: {zz: 1}} | HOOKS
policy: {zz: 1} | POLICY
check: {zz: 1} | CHECK
check: {survival: {zz: 1}} | CHECK
policy: {tiers: {zz: 1}} | POLICY
policy: {tiers: {avoid: {zz: 1}}} | POLICY
policy: {screening: {zz: 1}} | POLICY
policy: {told: {zz: 1}} | POLICY
END
}

mkdir -p "$work/keys/intents" "$work/keys/responses"
maps >"$work/maps"
while IFS='|' read -r map section; do
    printf '%s\n' "$map" >"$work/keys/intents/a.yaml"
    keys=$("$BACKTALK" --pack="$work/keys" -e x 2>&1 |
        sed -n "s/.*unknown key 'zz'; there [ari]*[es] //p" | tr -d ,)
    [ -n "$keys" ] || wrong "$map" 'no list of keys' 'there are …'
    awk -v name=".Sh ${section# }" '
        /^[.]Sh/ { inside = $0 == name }
        inside' "$page" >"$work/section"
    for key in $keys; do
        grep -qE "(^|[^a-z_])$key([^a-z_]|\$)" "$work/section" ||
            wrong "$map" "no '$key' in section${section}" "all of: $keys"
    done
done <"$work/maps"

cp -r tests/packs/minimal "$work/pack"
awk -v folder="$work/pack/intents" '
    /^[.]Bd/ { file = folder "/example_" ++count ".yaml"; next }
    /^[.]Ed/ { file = "" }
    file { gsub(/\\e/, "\\"); print >file }' "$page"
for message in 'When do you open?' 'my hand is numb' 'call me'; do
    "$BACKTALK" --pack="$work/pack" -e "$message" --json >"$work/turn" 2>&1 ||
        wrong 'the examples load' "$(cat "$work/turn")" ''
    grep -qE '"topic":"opening_hours"|"name":"numbness"|"name":"call_back"' \
        "$work/turn" ||
        wrong "$message" "$(cat "$work/turn")" 'understood'
done

[ "$failed" = 0 ] && echo 'man_test: ok'
exit $failed
