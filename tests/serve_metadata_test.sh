#!/bin/sh
# serve_metadata_test.sh - backtalk serve --http: what comes with a message in
# its metadata.
# In: $BACKTALK, the program; tests/packs/variables and markdown beside minimal.
# Run from the repository's top. Skipped without curl or libmicrohttpd.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
mkdir "$work/pack"
cp -R tests/packs/minimal/. tests/packs/variables/. "$work/pack"

# tells CASE STATUS PATTERN SENDER TEXT METADATA
tells() {
    ask "$1" "$2" "$3" -d \
        "$(printf '{"sender":"%s","message":"%s","metadata":%s}' "$4" "$5" "$6")" \
        "$url/webhooks/rest/webhook"
}

# refuses REASON MESSAGE METADATA: the variable of before stays
refuses() {
    tells "refused: $3" 400 \
        "{\"status\":\"failure\",\"code\":400,\"reason\":\"$1\",\"message\":\"$2\"}" \
        ann 'any advice' "$3"
    say "nothing was set: $3" 200 '*"text":"Buy the paid one."*' ann 'any advice'
}

# ---- Variables

start --pack "$work/pack"
tells 'none' 200 '*"text":"Read the label."*' ann 'any advice' '{}'
tells 'it is set before it is said' 200 '*"text":"Buy the paid one."*' \
    ann 'any advice' '{"variables":{"plan":"paid"}}'
say 'it stays' 200 '*"text":"Buy the paid one."*' ann 'any advice'
say 'for this sender only' 200 '*"text":"Read the label."*' bob 'any advice'
tells 'a text' 200 '*"text":"You are Änn \\"A\\"."*' ann 'who am i' \
    '{"variables":{"owner":"Änn \"A\""}}'
tells 'a number' 200 '*"text":"Water it: 31.5!"*' ann weather \
    '{"variables":{"degrees":31.5}}'
tells 'a number as text, and several' 200 '*"text":"Fine."*' ann weather \
    '{"variables":{"degrees":"7","owner":"Bob","plan":"paid"}}'
tells 'null is its start' 200 '*"text":"I do not know."*' ann 'who am i' \
    '{"variables":{"owner":null}}'
for metadata in null '[1]' '"x"' '{"variables":null}' '{"variables":{}}' \
    '{"other":{"plan":"free"}}'; do
    tells "let be: $metadata" 200 '*"text":"Buy the paid one."*' ann \
        'any advice' "$metadata"
done

refuses wrong_type 'metadata.variables: an array, where an object is wanted' \
    '{"variables":["plan"]}'
refuses wrong_type 'metadata.variables.plan: a string, a number or null is wanted' \
    '{"variables":{"plan":true}}'
refuses wrong_type 'metadata.variables.plan: it holds a NUL byte' \
    '{"variables":{"plan":"free\u0000"}}'
refuses wrong_variable "metadata.variables: the pack has no variable 'plam'" \
    '{"variables":{"plan":"free","plam":"free"}}'
refuses wrong_variable "metadata.variables: variable 'plan' cannot be 'owed'" \
    '{"variables":{"plan":"owed"}}'
refuses wrong_variable "metadata.variables: variable 'degrees' cannot be 'warm'" \
    '{"variables":{"plan":"free","degrees":"warm"}}'
awk 'BEGIN { printf "{\"sender\":\"ann\",\"metadata\":{\"variables\":{\"plan\":\"free\"}},\"message\":\""
    for (i = 0; i < 65537; i++) printf "x"; printf "\"}" }' >"$work/in"
ask 'a message that is too long' 413 '*message_too_long*' \
    --data-binary "@$work/in" "$url/webhooks/rest/webhook"
say 'sets nothing' 200 '*"text":"Buy the paid one."*' ann 'any advice'
tells 'a first message that is refused' 400 '*wrong_variable*' new 'any advice' \
    '{"variables":{"plan":"owed"}}'
ask 'begins no conversation' 200 '*backtalk_sessions 2
*' "$url/metrics"
stop

# ---- Markdown

cp tests/packs/markdown/intents/markdown.yaml "$work/pack/intents"
start --pack "$work/pack"
tells 'Markdown' 200 '\[{"recipient_id":"ann","text":"<b> \*a\*","markdown":"&lt;b> \\\\\*a\\\\\*","custom":{*' \
    ann 'tell me' '{"markdown":true,"variables":{"told":"<b> *a*"}}'
for metadata in '{}' '{"markdown":false}' '{"markdown":null}'; do
    tells "none: $metadata" 200 '\[{"recipient_id":"ann","text":"<b> \*a\*","custom":{*' \
        ann 'tell me' "$metadata"
done
tells 'it is asked for with true' 400 \
    '*"wrong_type","message":"metadata.markdown: a number, where true or false is wanted"}' \
    ann 'tell me' '{"markdown":1}'
stop

[ "$failed" = 0 ] && echo 'serve_metadata_test: ok'
exit "$failed"
