#!/bin/sh
# house.sh - the house rules that a compiler does not see.
#   house.sh LIBRARY.a LIBRARY.so
# Each broken rule is told with file and line; status 1 when there is any.
set -u
archive=$1 shared=$2
broken=0

complain() { # complain RULE LINES
    [ -n "$2" ] || return 0
    echo "house: $1"
    echo "$2" | sed 's/^/    /'
    broken=1
}

# Not tracked by git is fine at the top: it may be somebody's scratch.
top=$(git ls-files 2>/dev/null | sed 's,/.*,,' | sort -u |
    grep -vxE '\..*|bot|include|intents|responses|tests|Makefile|README\.md')
complain "not among the top-level names" "$top"

complain "an include by path goes round the floors" \
    "$(grep -nE '^ *# *include +"[^"]*/' bot/*/*.[ch])"

# In the library a foreign header stands in one file; front/ has its own.
for header in pcre2.h yaml.h utf8proc.h jansson.h readline/ sqlite3.h \
    hiredis/ microhttpd.h strophe.h; do
    for folders in \
        "base text pack session understand decide reply engine check" \
        front bridge; do
        users=
        for folder in $folders; do
            users="$users $(grep -lE "^ *# *include +<$header" \
                bot/"$folder"/*.[ch] 2>/dev/null | tr '\n' ' ')"
        done
        # shellcheck disable=SC2086
        set -- $users
        [ $# -le 1 ] || complain "<$header> is included in $# files" "$*"
    done
done

rules=$(find intents responses -name '*.yaml')
# shellcheck disable=SC2086
complain "longer than 500 lines" \
    "$(wc -l bot/*/*.[ch] bot/*/*.sh bot/*/*.mk tests/*.[ch] tests/*.sh \
        $rules | awk '$1 > 500 && $2 != "total"')"

# shellcheck disable=SC2086
complain "the first line does not say what the file is for" \
    "$({
        for file in bot/*/*.[ch] include/*.h tests/*.[ch]; do
            head -n 1 "$file" | grep -qF "/* ${file##*/} - " || echo "$file"
        done
        for file in bot/*/*.sh bot/*/*.mk tests/*.sh; do
            head -n 2 "$file" | grep -qF "# ${file##*/} - " || echo "$file"
        done
        awk 'FNR == 1 && !/^# / { print FILENAME }' $rules
    })"

# No printf, exit, clock, chance or environment in the library.
complain "the library must ask its host instead of calling" \
    "$(nm -u "$archive" | awk '
        /:$/ { object = $1 }
        $2 ~ /^_*(v?f?printf|puts|putchar|perror|exit|_exit|getenv|time|rand|srand|random|setlocale|localtime|gmtime|clock_gettime)(_chk)?$/ {
            print object, $2 }')"

complain "exported although not of the public header" \
    "$(nm -D --defined-only "$shared" | awk '
        $3 !~ /^talk_[a-z]/ || $3 ~ /^talk__/ { print $3 }' |
        grep -vE '^_*(asan|ubsan|tsan|init|fini)')"

exit $broken
