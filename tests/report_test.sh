#!/bin/sh
# report_test.sh - backtalk check --report and --graph: what stands on the page
# and in the graph, and that nothing of a pack is taken for markup.
# In: $BACKTALK, the program; the shipped pack, which is the working directory.
# Without xmllint, dot, or Chromium and node, what needs them is left out.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset BACKTALK_PACK NO_COLOR
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

has() { # has WHAT: the command says that it is there, or a line says it is not
    command -v "$1" >/dev/null 2>&1 && return 0
    echo "report_test: there is no $1"
    return 1
}

# well_formed FILE
well_formed() {
    has xmllint || return 0
    said=$(xmllint --noout "$1" 2>&1) || wrong "$1 is well-formed" "$said" yes
}

# drawn FILE: by dot, and then well-formed
drawn() {
    has dot || return 0
    said=$(dot -Tsvg "$1" -o "$1.svg" 2>&1) || wrong "dot draws $1" "$said" yes
    [ -z "$said" ] || wrong "dot draws $1 in silence" "$said" ''
    well_formed "$1.svg"
}

# shown FILE: in Chromium
shown() {
    chromium=
    for name in chromium chromium-browser google-chrome; do
        [ -n "$chromium" ] || chromium=$(command -v $name)
    done
    [ -n "$chromium" ] || { echo 'report_test: there is no Chromium' && return; }
    has node || return 0
    timeout 120 node tests/report_drive.js "file://$1" "$chromium" || failed=1
}

# run CODE ARGUMENT...
run() {
    wanted=$1
    shift
    "$BACKTALK" check "$@" </dev/null >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" = "$wanted" ] || wrong "check $*: exit" "$code" "$wanted"
}

# ---- The shipped pack: each finding with its tier ----

run 0 --pack . --report "$work/page.html" --graph "$work/pack.dot"
well_formed "$work/page.html"
drawn "$work/pack.dot"
grep -q '&lt;' "$work/pack.dot" && wrong 'markup that is escaped' "$(grep '&lt;' "$work/pack.dot")" none
awk '/^findings:/ { on = 1; next } /^[a-z]/ { on = 0 }
     on && /^  [a-z_]+:/ { name = $1; sub(/:.*/, "", name) }
     on && name && /^ +tier:/ { print name, $2; name = "" }' \
    intents/findings/*.yaml >"$work/findings"
[ "$(wc -l <"$work/findings")" -gt 50 ] || wrong findings "$(cat "$work/findings")" 'more than 50'
while read -r name tier; do
    grep -q "id=\"finding-$name\"><h4>$name <span class=\"tag $tier\">$tier<" \
        "$work/page.html" || wrong "$name on the page" nothing "$tier"
    grep -q ">$name</td>" "$work/pack.dot" || wrong "$name in the graph" nothing "$name"
done <"$work/findings"
for tier in emergency urgent professional avoid; do
    grep -q "<code>rise_$tier</code>" "$work/page.html" || wrong "rise_$tier" nothing 'on the page'
    grep -q ">rise_$tier</td>" "$work/pack.dot" || wrong "rise_$tier" nothing 'in the graph'
done
for text in 'the proof was not run' '<b>F09</b> the sound is cavitation' \
    'Since when do you have it?' 'patterns of findings' 'long past'; do
    grep -qF "$text" "$work/page.html" || wrong 'the page' nothing "$text"
done
shown "$work/page.html"

# ---- A pack that tries to be markup ----

evil='<script>alert(1)</script><img src=x onerror="document.title=1"/>]]> & "<b>'
cp -r tests/packs/checked "$work/evil"
cat >"$work/evil/intents/evil.yaml" <<END
# Texts that are markup, wherever a pack can have one.
findings:
  evil:
    tier: urgent
    label: '$evil'
    ask: '$evil?'
    because: '$evil'
    patterns: ['evil(?:<b>)?']
    examples: {present: ['evil $evil']}
topics:
  wicked:
    answer: wicked
    patterns: ['wicked(?:<b>)?']
    examples: ['wicked $evil']
forms:
  wicked:
    starts: [wicked]
    questions: [{finding: evil}, {slot: fire}]
    ask: form_ask
    again: form_again
    because: form_because
    skipped: form_skipped
    done: form_done
slots:
  fire: {type: text, label: '$evil', ask: '$evil', because: '$evil', patterns: ['burns (?<value>\w+)'], answers: ['<b>yes&']}
END
cat >"$work/evil/responses/evil.yaml" <<END
# What is said is markup, too.
sources: {E1: '$evil'}
responses: {wicked: {sources: [E1], say: '$evil'}}
END
sed "s/title: The kettle bot/title: '<script>\&'/" tests/packs/checked/responses/policy.yaml \
    >"$work/evil/responses/policy.yaml"
run 1 --pack "$work/evil" --report "$work/evil.html" --graph "$work/evil.dot"
matches 'no markup of the pack' "$(grep -cE '<(script|img|B)|onerror="' "$work/evil.html")" 0
[ "$(grep -c '&lt;script&gt;alert' "$work/evil.html")" -ge 7 ] ||
    wrong 'its texts are there' "$(grep -c '&lt;script&gt;alert' "$work/evil.html")" 'at least 7'
well_formed "$work/evil.html"
drawn "$work/evil.dot"
shown "$work/evil.html"

# ---- With the proof, and where it cannot be written ----

# A pack that keeps all rules of the proof, and has not enough examples.
run 1 --pack tests/packs/proof --proof --report "$work/proved.html"
matches 'what was proved' "$(cat "$work/proved.html")" \
    '*The proof found no fault.*holds   technique *0 faults; *states*'
well_formed "$work/proved.html"
run 1 --pack "$work/evil" --proof --report "$work/proved.html"
matches 'faults' "$(cat "$work/proved.html")" \
    '*The proof found faults.*<h3>Fault: *<pre>*#me*'
well_formed "$work/proved.html"
for option in report graph; do
    run 4 --pack tests/packs/checked "--$option" /nowhere/x
    matches "$option: no such folder" "$(cat "$work/err")" 'backtalk: cannot write /nowhere/x: ?*'
done
run 4 --pack tests/packs/checked --report /dev/full
matches 'a full disk' "$(cat "$work/err")" 'backtalk: cannot write /dev/full: ?*'

[ $failed = 0 ] && echo 'report_test: ok'
exit $failed
