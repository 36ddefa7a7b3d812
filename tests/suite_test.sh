#!/bin/sh
# suite_test.sh - the shipped pack holds every dialogue of tests/transcripts,
# whatever the wording, and these exercise all of it but its patterns.
# In: $BACKTALK, the program; the shipped pack in the working directory.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$BACKTALK" test --pack=. --quiet --repeat=10 --coverage="$work/cover.json" \
    tests/transcripts || exit 1
command -v python3 >/dev/null 2>&1 || {
    echo 'suite_test: there is no python3, the coverage is not read'
    exit 0
}
python3 - "$work/cover.json" <<'END'
import json, sys
cover = json.load(open(sys.argv[1]))
wanted = {'topics': 100, 'findings by polarity': 100, 'responses': 100, 'tiers': 100,
          'wordings': 90, 'policy branches': 100}
short = {row: cover[row]['percent'] for row, least in wanted.items()
         if cover[row]['percent'] < least}
if short:
    sys.exit('coverage: too little of %s' % short)
END
