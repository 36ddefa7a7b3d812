#!/bin/sh
# api_covered_test.sh - every function of the public header is called by the
# tests that see nothing else.
set -u
missing=0 count=0
for name in $(tr '\n' ' ' <include/backtalk.h | sed 's,/\*[^*]*\*/,,g' |
    grep -oE 'TALK_API [^;(]*\(' | grep -oE 'talk_[a-z_]+ *\(' | tr -d ' ('); do
    count=$((count + 1))
    grep -qE "(^|[^a-z_])$name\(" tests/api_*_test.c tests/api_test.c \
        tests/host.c && continue
    echo "no test calls $name"
    missing=1
done
if [ $count -lt 30 ]; then
    echo "only $count functions found in include/backtalk.h"
    exit 1
fi
[ $missing = 0 ] && echo "api_covered_test: ok, $count functions"
exit $missing
