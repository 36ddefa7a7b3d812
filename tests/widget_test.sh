#!/bin/sh
# widget_test.sh - a chat widget from npm, made by others for Rasa's REST
# channel, talks with serve --http from the page of another site, in headless
# Chromium.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where the widget is kept; the
# shipped pack in the working directory. Skipped without node, npm or Chromium,
# or where npm cannot get the widget.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
: "${BACKTALK_BUILD:?a folder to keep the widget in}"
widget=@scalableminds/chatroom@0.12.0
for name in node npm; do
    command -v $name >/dev/null 2>&1 || skip "there is no $name"
done
chromium=
for name in chromium chromium-browser google-chrome; do
    [ -n "$chromium" ] || chromium=$(command -v $name)
done
[ -n "$chromium" ] || skip 'there is no Chromium'
home=$BACKTALK_BUILD/widget
if [ ! -e "$home/package/dist/Chatroom.js" ]; then
    mkdir -p "$home"
    (cd "$home" && npm pack --silent "$widget" >"$work/name" &&
        tar -xzf "$(cat "$work/name")") >"$work/npm" 2>&1 || {
        rm -rf "$home"
        tail -n 5 "$work/npm"
        skip "npm cannot get $widget"
    }
fi

mkfifo "$work/open"
node tests/widget/serve.js "$home/package/dist" <"$work/open" >"$work/origin" &
exec 4>"$work/open"
until_there grep -q http "$work/origin" || skip 'node cannot serve a page'
origin=$(cat "$work/origin")

# widget WHAT QUERY
widget() {
    timeout 120 node tests/widget/drive.js "$origin/?host=$url$2" "$chromium" "$1" || {
        echo "FAILED: the widget ($1 $2)"
        failed=1
    }
}
start --pack . --cors "$origin"
widget talk ''
stop
start --pack .
widget refused ''
stop
BACKTALK_TOKEN=secret
export BACKTALK_TOKEN
start --pack . --cors "$origin"
widget talk '&token=secret'
stop
mkdir "$work/pack"
cp -R tests/packs/minimal/. tests/packs/markdown/. "$work/pack"
unset BACKTALK_TOKEN
start --pack "$work/pack" --cors "$origin" --rate 0
widget markdown ''
stop
exec 4>&-
wait

[ "$failed" = 0 ] && echo 'widget_test: ok'
exit "$failed"
