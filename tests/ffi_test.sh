#!/bin/sh
# ffi_test.sh - programs in Python (ctypes) and in JavaScript (koffi) that call
# the shared library hear what backtalk -e says.
# In: $BACKTALK, the program; $BACKTALK_BUILD, where the library is and koffi
# is kept; the shipped pack in the working directory. A language that is not
# there is named; without both the test is skipped.
set -u
: "${BACKTALK:?the program to test}" "${BACKTALK_BUILD:?the folder of the build}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh
tried=0
library=$BACKTALK_BUILD/libbacktalk.so
[ -e "$library" ] || library=$BACKTALK_BUILD/libbacktalk.dylib
koffi=2.11.0

# A library with a sanitizer goes into programs with the same one only.
if nm -D "$library" 2>/dev/null | grep -qE '__(asan|tsan)_init'; then
    echo 'ffi_test: skipped: the library is built with a sanitizer'
    exit 77
fi

set -- 'my left hand is numb since monday' 'it is ü 7/10' 'can i crack it?' \
    'no' '😀 the numbness is gone, how do i use a foam roller?' ''
"$BACKTALK" --pack . --json -e "$1" -e "$2" -e "$3" -e "$4" -e "$5" -e "$6" \
    >"$work/wanted" || exit 1

# calls LANGUAGE COMMAND...: with LIBRARY PACK TEXT... behind it
calls() {
    language=$1
    shift
    tried=$((tried + 1))
    got=$("$@" <"$work/wanted" 2>&1) ||
        wrong "$language" "$got" 'the same turns'
    matches "$language" "$got" '[0-9]*.[0-9]*.[0-9]*: 6 turns'
}

if python3 -c 'import sys, ctypes; sys.exit(sys.version_info < (3, 10))' \
    2>/dev/null; then
    calls 'Python' python3 tests/ffi/talk.py "$library" . "$@"
else
    echo 'ffi_test: no python3 of 3.10 or later: not tried'
fi

home=$BACKTALK_BUILD/koffi
# shellcheck source=tests/npm_shell.sh
. "$(dirname "$0")/npm_shell.sh"
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo 'ffi_test: no node with npm: not tried'
elif npm_has "$home" "koffi@$koffi"; then
    NODE_PATH=$home/node_modules
    export NODE_PATH
    calls 'JavaScript' node tests/ffi/talk.js "$library" . "$@"
else
    tail -n 5 "$work/npm"
    echo 'ffi_test: npm cannot install koffi: not tried'
fi

if [ $tried = 0 ]; then
    echo 'ffi_test: skipped: neither Python nor node is there'
    exit 77
fi
[ "$failed" = 0 ] && echo "ffi_test: ok, languages: $tried"
exit "$failed"
