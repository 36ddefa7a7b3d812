#!/bin/sh
# page_test.sh - the chat page of serve --http in headless Chromium.
# In: $BACKTALK, the program; the shipped pack in the working directory.
# Skipped without node or Chromium.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
command -v node >/dev/null 2>&1 || skip 'there is no node'
chromium=
for name in chromium chromium-browser google-chrome; do
    [ -n "$chromium" ] || chromium=$(command -v $name)
done
[ -n "$chromium" ] || skip 'there is no Chromium'

# drive TOKEN
drive() {
    timeout 120 node tests/page_drive.js "$url/" "$chromium" "$1" || {
        echo "FAILED: the page (token: '$1')"
        failed=1
    }
}
start --pack .
drive ''
stop
BACKTALK_TOKEN=secret
export BACKTALK_TOKEN
start --pack .
drive secret
stop
[ "$failed" = 0 ] && echo 'page_test: ok'
exit "$failed"
