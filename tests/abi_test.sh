#!/bin/sh
# abi_test.sh - the library exports what tests/abi_symbols.txt lists, which is
# what the header declares, under its soname; and the header is clean in every
# language that takes it. tests/api_abi_test.c looks after structs and enums.
# In: $BACKTALK_BUILD, the folder of the build. Run from the repository's top.
# A symbol that goes is a new soname; one that comes, a line in the list.
set -u
: "${BACKTALK_BUILD:?the folder of the build}"
if [ "$(uname -s)" = Darwin ]; then
    echo 'abi_test: no ELF here; skipped'
    exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
library=$BACKTALK_BUILD/libbacktalk.so
version=$(sed -n 's/^#define TALK_VERSION "\(.*\)"/\1/p' include/backtalk.h)
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

# ---- Symbols and soname

same() { # same CASE WANTED GOT: files of one name a line
    cmp -s "$2" "$3" || wrong "$1" "$(diff "$2" "$3")" 'no difference'
}
nm -D --defined-only "$library" | awk '$3 ~ /^talk_/ { print $3 }' |
    LC_ALL=C sort >"$work/exported"
tr '\n' ' ' <include/backtalk.h | grep -o 'TALK_API [^;]*;' |
    grep -o 'talk_[a-z_]*(' | tr -d '(' | LC_ALL=C sort >"$work/declared"
same 'what is exported' tests/abi_symbols.txt "$work/exported"
same 'what is declared' tests/abi_symbols.txt "$work/declared"
if command -v readelf >/dev/null 2>&1; then
    soname=$(readelf -d "$library" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
    [ "$soname" = "libbacktalk.so.${version%%.*}" ] ||
        wrong 'the soname' "$soname" "libbacktalk.so.${version%%.*}"
    readelf -d "$library" | grep -q TEXTREL &&
        wrong 'the library' 'text relocations' 'none'
fi

# ---- The header

printf '#include <%s>\n' backtalk.h backtalk.h >"$work/twice"
cat >>"$work/twice" <<'END'
int host(void);
int host(void)
{
    talk_options options;
    talk_error err;
    talk_bot *bot;
    talk_options_init(&options, sizeof options);
    return talk_bot_load(".", &options, &bot, &err) != TALK_OK;
}
END
tried=0
# compiles LANGUAGE STANDARD COMPILER WARNING...
compiles() {
    language=$1 standard=$2 compiler=$3
    shift 3
    command -v "$compiler" >/dev/null 2>&1 || {
        echo "abi_test: no $compiler: $standard not tried with it"
        return
    }
    tried=$((tried + 1))
    "$compiler" -x "$language" -std="$standard" -Wall -Wextra -pedantic \
        -Wshadow -Wconversion -Wundef -Werror "$@" -fsyntax-only -Iinclude \
        "$work/twice" 2>"$work/log" ||
        wrong "$compiler $standard" "$(cat "$work/log")" 'no warning'
}
for standard in c99 c11 c17; do
    compiles c "$standard" "${CC:-cc}" -Wstrict-prototypes -Wmissing-prototypes
    compiles c "$standard" clang -Wdocumentation -Wstrict-prototypes
done
for standard in c++98 c++11 c++20; do
    compiles c++ "$standard" g++
    compiles c++ "$standard" clang++
done
[ "$tried" -ge 3 ] || wrong 'the header' "$tried compilers" 'three or more'

[ "$failed" = 0 ] && echo 'abi_test: ok'
exit "$failed"
