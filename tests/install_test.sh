#!/bin/sh
# install_test.sh - what make install leaves behind works from there, and make
# uninstall takes it away: program and pack, library and header, pkg-config.
# In: $BACKTALK, the program; the sources, which are built apart with a PREFIX
# of their own. Run from the repository's top. Skipped (77) where libraries are
# not ELF files.
set -u
: "${BACKTALK:?the program to test}"
if [ "$(uname -s)" = Darwin ]; then
    echo 'install_test: no ELF here; skipped'
    exit 77
fi
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES BACKTALK_PACK
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
CC=${CC:-cc}
failed=0

wrong() {
    failed=1
    printf 'FAILED: %s\n     got: %.1500s\n  wanted: %.1500s\n' "$1" "$2" "$3"
}

equal() { # equal CASE GOT WANTED
    [ "$2" = "$3" ] || wrong "$1" "$2" "$3"
}

# makes TARGET [SETTING...]
makes() {
    make -s "$@" CC="$CC" CFLAGS=-O0 SAN= BUILDDIR="$work/build" \
        PREFIX="$prefix" >"$work/log" 2>&1 || {
        wrong "make $*" "$(tail -n 20 "$work/log")" 'status 0'
        exit 1
    }
}

files_below() { # files_below FOLDER: but for the pack, which varies
    (cd "$1" && find . ! -type d ! -path '*/pack/*' | LC_ALL=C sort)
}

# ---- What is there

makes install
version=$(sed -n 's/^#define TALK_VERSION "\(.*\)"/\1/p' include/backtalk.h)
bridge='' bridge_man='' bridge_bash='' bridge_zsh=''
if [ -e "$work/build/backtalk-xmpp" ]; then # libstrophe was there
    bridge='./bin/backtalk-xmpp
' bridge_man='./share/man/man1/backtalk-xmpp.1
' bridge_bash='./share/bash-completion/completions/backtalk-xmpp
' bridge_zsh='
./share/zsh/site-functions/_backtalk-xmpp'
fi
equal 'what is installed' "$(files_below "$prefix")" "./bin/backtalk
${bridge}./include/backtalk.h
./lib/libbacktalk.a
./lib/libbacktalk.so
./lib/libbacktalk.so.${version%%.*}
./lib/libbacktalk.so.$version
./lib/pkgconfig/backtalk.pc
./share/bash-completion/completions/backtalk
${bridge_bash}${bridge_man}./share/man/man1/backtalk.1
./share/man/man5/backtalk-pack.5
./share/man/man7/backtalk-recipes.7
./share/zsh/site-functions/_backtalk${bridge_zsh}"
{ diff -r intents "$prefix/share/backtalk/pack/intents" &&
    diff -r responses "$prefix/share/backtalk/pack/responses"; } ||
    wrong 'the pack' 'another one' 'that of the tree'

# ---- The program finds its pack from anywhere

equal 'the version' "$("$prefix/bin/backtalk" --version)" \
    "$("$BACKTALK" --version)"
equal 'the answer' "$(cd / && "$prefix/bin/backtalk" -e hello)" \
    "$("$BACKTALK" -e hello)"

# ---- A program is compiled with it

said='my left hand is numb, can I crack my back?'
grep -qF "\"$said\"" tests/example_embed.c ||
    wrong 'the example says' 'something else' "$said"
answer=$("$BACKTALK" -e "$said")

# asks CASE FLAGS...: compiles the example with them and runs it in the pack
asks() {
    case_name=$1
    shift
    # shellcheck disable=SC2086
    $CC -o "$work/ask" tests/example_embed.c "$@" 2>"$work/log" ||
        wrong "$case_name: compiling" "$(cat "$work/log")" 'status 0'
    equal "$case_name" "$(cd "$prefix/share/backtalk/pack" &&
        LD_LIBRARY_PATH="$prefix/lib" "$work/ask")" "$answer"
    rm -f "$work/ask"
}

if command -v pkg-config >/dev/null 2>&1; then
    export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
    equal 'pkg-config: version' "$(pkg-config --modversion backtalk)" "$version"
    # shellcheck disable=SC2046
    asks 'shared' $(pkg-config --cflags --libs backtalk)
    # shellcheck disable=SC2046
    asks 'static' -static $(pkg-config --static --cflags --libs backtalk)
else
    echo 'install_test: no pkg-config: not tried'
fi

# ---- Again, elsewhere, and away

touch "$prefix/share/backtalk/pack/intents/of_old.yaml"
makes install
[ -e "$prefix/share/backtalk/pack/intents/of_old.yaml" ] &&
    wrong 'a rule file that is gone' 'still installed' 'not there'
makes install DESTDIR="$work/stage"
diff -r "$prefix" "$work/stage$prefix" ||
    wrong 'DESTDIR' 'something else' 'the same files'
makes uninstall
equal 'uninstall' "$(cd "$prefix" && find . | LC_ALL=C sort | tr '\n' ' ')" \
    '. ./bin ./include ./lib ./share ./share/man '
makes uninstall DESTDIR="$work/stage"
equal 'uninstall with DESTDIR' "$(find "$work/stage" ! -type d)" ''

[ "$failed" = 0 ] && echo 'install_test: ok'
exit $failed
