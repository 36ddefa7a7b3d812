#!/bin/sh
# golden_test.sh - sessions with the shipped pack, tests/golden/*.convo.txt:
# which responses, tier and topic come, whatever the wording.
# In: $BACKTALK, the program; the shipped pack in the working directory.
set -u
: "${BACKTALK:?the program to test}"
exec "$BACKTALK" test --pack=. --quiet --repeat=5 tests/golden
