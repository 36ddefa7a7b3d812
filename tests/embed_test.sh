#!/bin/sh
# embed_test.sh - the host in twenty lines of C, which README.md shows, says
# what the program says.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where example_embed was built;
# the shipped pack in the working directory.
set -u
: "${BACKTALK:?the program to test}" "${BACKTALK_BUILD:?the folder of the build}"
example=$BACKTALK_BUILD/tests/example_embed
lines=$(sed '1d' tests/example_embed.c | grep -c .)
if [ "$lines" -gt 20 ]; then
    echo "example_embed.c has $lines lines; README.md promises twenty"
    exit 1
fi
said=$(sed -n 's/.*said\[\] = "\(.*\)";/\1/p' tests/example_embed.c)
wanted=$("$BACKTALK" --pack . -e "$said") || exit 1
got=$("$example") || { echo "example_embed: status $?"; exit 1; }
if [ -z "$got" ] || [ "$got" != "$wanted" ]; then
    printf 'example_embed:\n%s\nwanted:\n%s\n' "$got" "$wanted"
    exit 1
fi
echo 'embed_test: ok'
