#!/bin/sh
# botium_http_test.sh - Botium runs transcripts that we ship over HTTP, with
# its own connector for such channels, and sees a wrong expectation.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where botium-core is kept; the
# shipped pack in the working directory. Skipped where Botium cannot be had.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
# shellcheck source=tests/botium_shell.sh
. "$(dirname "$0")/botium_shell.sh"
start --pack . --rate 0
BACKTALK_URL=$url
export BACKTALK_URL

# The channel tells neither which rule has answered nor how long "an hour" is.
shipped 'CLOCK|SEED|SET|BYTES|MESSAGES|RESPONSE|BECAUSE|SLOT [a-z_]+ P'
grep -lrE '^TIER professional' "$work/dialogues" | sort | head -n 1 >"$work/first"
first=$(cat "$work/first")
try_botium "${first#"$work/dialogues/"}"
curl -s "$url/metrics" | grep -x 'backtalk_sessions 0' >/dev/null ||
    wrong 'all are forgotten' "$(curl -s "$url/metrics" | grep sessions)" 0
stop
[ "$failed" = 0 ] && echo 'botium_http_test: ok'
exit "$failed"
