#!/bin/sh
# botium_test.sh - Botium, whose format the transcripts have, runs those that
# we ship over --stdio, and sees a wrong expectation.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where botium-core is kept; the
# shipped pack in the working directory. Skipped where Botium cannot be had.
skip() {
    echo "botium_test: skipped: $1"
    exit 77
}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/botium_shell.sh
. "$(dirname "$0")/botium_shell.sh"

# Botium has no clock of ours, and knows neither BYTES nor the backslash.
shipped 'CLOCK|SEED|SET|BYTES|MESSAGES'
try_botium red_flags/numbness.convo.txt
echo 'botium_test: ok'
