#!/bin/sh
# serve_repeat_test.sh - backtalk serve --http: a message that comes twice is
# answered twice, and said once.
# In: $BACKTALK, the program; the pack in tests/packs/minimal. Run from the
# repository's top. Skipped without curl or libmicrohttpd.
# shellcheck source=tests/http_shell.sh
. "$(dirname "$0")/http_shell.sh"
post=webhooks/rest/webhook

start --rate 0
# once CASE STATUS PATTERN FIELDS
once() {
    ask "$1" "$2" "$3" -d "{\"sender\":\"u7\",$4}" "$url/$post"
}
once 'an id' 200 '*"tier":"professional"*' '"message":"the soil is mouldy","message_id":"m 1"'
first=$got
once 'it comes again' 200 '*' '"message":"hello","message_id":"m 1"'
[ "$got" = "$first" ] || wrong 'it comes again' "$got" "$first"
ask 'it comes again, as a stream' 200 '{"recipient_id":"u7",*' \
    -d '{"sender":"u7","message":"hello","message_id":"m 1"}' "$url/$post?stream=true"
once 'another id' 200 '*"slots":{"severity":7}*' '"message":"7 out of 10","message_id":"m 2"'
once 'an id in metadata' 200 '*"slots":{"severity":8}*' '"message":"8 out of 10","metadata":{"message_id":3}'
once 'it comes again' 200 '*"slots":{"severity":8}*' '"message":"9 out of 10","message_id":"3"'
once 'no id' 200 '*"slots":{"severity":9}*' '"message":"9 out of 10","message_id":null,"metadata":"x"'
for i in 4 5 6; do once "id $i" 200 '\[{*' "\"message\":\"hello\",\"message_id\":$i"; done
once 'an answer that is kept no longer' 200 '\[]' '"message":"hello","message_id":"m 1"'
ask 'the same as a stream' 200 '' \
    -d '{"sender":"u7","message":"hello","message_id":"m 1"}' "$url/$post?stream=true"
ask 'a stream first' 200 '{"recipient_id":"u9",*' \
    -d '{"sender":"u9","message":"hello","message_id":"m 1"}' "$url/$post?stream=true"
first=$got
ask 'then a list' 200 '\[{*' \
    -d '{"sender":"u9","message":"hello","message_id":"m 1"}' "$url/$post"
[ "$got" = "[$first]" ] || wrong 'then a list' "$got" "[$first]"
ask 'another conversation does not know it' 200 '*"slots":{}*' \
    -d '{"sender":"u8","message":"hello","message_id":"m 2"}' "$url/$post"
once 'an id that is none' 400 '*message_id: false, where a string is wanted*' '"message":"hi","message_id":false'
once 'one in metadata' 400 '*metadata.message_id: an array, where*' '"message":"hi","metadata":{"message_id":[]}'
once 'an empty one' 400 '*message_id: 0 bytes, where 1 to 256 are wanted*' '"message":"hi","message_id":""'
ask 'they are counted' 200 '*backtalk_repeats_total 6*' "$url/metrics"
ask 'and are no turns' 200 '*backtalk_turn_seconds_count 9*' "$url/metrics"

stop

[ $failed = 0 ] && echo 'serve_repeat_test: ok'
exit $failed
