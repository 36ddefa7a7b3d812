#!/bin/sh
# shipped_pack_test.sh - backtalk check finds no error in the pack that is
# shipped; warnings it may have.
# In: $BACKTALK, the program; the pack in the working directory.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
if "$BACKTALK" check --pack . >"$work/out" 2>&1; then
    echo "shipped_pack_test: ok, $(tail -n 1 "$work/out")"
else
    grep -E 'error: |^backtalk: ' "$work/out"
    tail -n 1 "$work/out"
    exit 1
fi
