#!/bin/sh
# probe.sh - looks for the compiler, libraries and tools by using them: a
# library is there when a program that calls it compiles AND links.
#   probe.sh config FILE KIND...   writes FILE for make; tells what is missing
#   probe.sh missing KIND...       names what is missing, one a line
#   probe.sh KIND...               only tells what is missing
# In: CC, CFLAGS, LDFLAGS.  Installs nothing and reads no input.
set -u
exec </dev/null
here=$(dirname "$0")
# shellcheck source=bot/build/needs.sh
. "$here/needs.sh"

CC=${CC:-cc}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/backtalk-probe.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

wants() { # wants KIND: is this kind asked for?
    case " $kinds " in *" $1 "*) return 0 ;; esac
    return 1
}

# builds STEM FLAGS...: compiles and links $scratch/STEM.c
# shellcheck disable=SC2086 # CC and the flags are lists of words
builds() {
    stem=$1
    shift
    $CC -w -std=c11 -DPCRE2_CODE_UNIT_WIDTH=8 -D_POSIX_C_SOURCE=200809L \
        ${CFLAGS:-} ${LDFLAGS:-} -o "$scratch/$stem" "$scratch/$stem.c" "$@" \
        >/dev/null 2>&1
}

# program HEADERS CALLS: the text of a program, on standard output
program() {
    for header in stdarg.h stddef.h stdint.h setjmp.h stdio.h $1; do
        echo "#include <$header>"
    done
    echo "int main(void) {"
    for call in $2; do
        echo "(void)$call;"
    done
    echo "return 0; }"
}

# has_library HEADER CALL FLAGS...
has_library() {
    program "$1" "$2" >"$scratch/one.c"
    shift 2
    builds one "$@"
}

# Sets cflags and libs: what pkg-config says, else the plain name.
flags_of() { # flags_of PKG-CONFIG-NAME LINK-FLAGS
    if pkg-config --exists "$1" 2>/dev/null; then
        cflags=$(pkg-config --cflags "$1")
        libs=$(pkg-config --libs "$1")
    else
        cflags=
        libs=$2
    fi
}

# The usual case first: everything asked for in one program.
all_in_one() {
    headers='' calls='' flags=''
    while read -r name kind pc link header call; do
        wants "$kind" || [ "$kind" = optional ] || continue
        flags_of "$pc" "$link"
        headers="$headers $header" calls="$calls $call"
        flags="$flags $cflags $libs"
        found "$name"
    done <"$scratch/libraries"
    program "$headers" "$calls" >"$scratch/all.c"
    # shellcheck disable=SC2086
    builds all $flags
}

found() { # found NAME: a piece of make, from cflags and libs
    printf 'HAVE_%s := 1\nCFLAGS_%s := %s\nLIBS_%s := %s\n' \
        "$1" "$1" "$cflags" "$1" "$libs" >>"$scratch/config"
}

# shellcheck disable=SC2086
one_by_one() {
    : >"$scratch/config"
    while read -r name kind pc link header call; do
        wants "$kind" || [ "$kind" = optional ] || continue
        flags_of "$pc" "$link"
        if has_library "$header" "$call" $cflags $libs; then
            found "$name"
            continue
        fi
        cflags='' libs=$link # a pkg-config file that leads nowhere
        if has_library "$header" "$call" $libs; then
            found "$name"
        elif wants "$kind"; then
            missing="$missing $name"
        fi
    done <"$scratch/libraries"
}

look() {
    missing=
    libraries >"$scratch/libraries"
    tools >"$scratch/tools"
    echo "# written by bot/build/probe.sh" >"$scratch/config"
    program "" "" >"$scratch/one.c"
    if wants needed && ! builds one; then
        case ${CC##*/} in
            clang*) missing="clang" ;;
            *) missing="cc" ;;
        esac
    fi
    if wants needed && ! all_in_one; then
        one_by_one
    fi
    while read -r name kind; do
        if wants "$kind" && ! command -v "$name" >/dev/null 2>&1; then
            missing="$missing $name"
        fi
    done <"$scratch/tools"
}

# shellcheck disable=SC2086
tell() {
    system=$(manager)
    names=$(package_names "${system:-apt-get}" $missing)
    how="To get it"
    root=$(become_root "$system") || how="$how, as root"
    root=${root:+$root }
    first=$(refresh_command "$system")
    {
        echo "Missing:$missing" | sed 's/: */: /'
        case " $missing " in
            *" cc "* | *" clang "*)
                echo "  ($CC cannot build a program, so that what" \
                    "it needs could not be looked for either)" ;;
        esac
        if [ -n "$system" ]; then
            echo "$how:"
            echo "    ${first:+$root$first && }$root$(install_command \
                "$system" "$names")"
        else
            echo "$how, install with your package manager what Debian calls"
            echo "    $names"
        fi
        echo "or let this do it:"
        if wants lint || wants format; then
            echo "    sh bot/build/deps.sh $kinds"
        else
            echo "    make deps"
        fi
    } >&2
}

mode=tell
case ${1:-} in
    config) mode=config file=$2; shift 2 ;;
    missing) mode=missing; shift ;;
esac
kinds=$*
look
if [ "$mode" = missing ]; then
    for name in $missing; do
        echo "$name"
    done
    exit 0
fi
if [ -n "$missing" ]; then
    tell
    exit 1
fi
if [ "$mode" = config ]; then
    mkdir -p "$(dirname "$file")" || exit 1
    cmp -s "$scratch/config" "$file" || cp "$scratch/config" "$file"
fi
