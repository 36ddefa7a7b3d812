#!/bin/sh
# deb_test.sh - the Debian packages of `make deb` please lintian, and work and
# go away again in a bare Debian that has nothing else.
# In: $BACKTALK, the program; the sources in the working directory; $SLOW, which
# must be set, for this takes minutes; $BACKTALK_CHROOT, a tar file of a bare
# Debian in one folder, else debootstrap gets one. Skipped where that cannot be
# had: without root, the tools or the network.
set -u
: "${BACKTALK:?the program to test}"
skip() {
    echo "deb_test: skipped: $1"
    exit 77
}
[ -n "${SLOW:-}" ] || skip 'it takes minutes; make check SLOW=1 runs it'
[ "$(id -u)" = 0 ] || skip 'chroot wants root'
for name in dpkg-buildpackage dh lintian debootstrap; do
    command -v $name >/dev/null 2>&1 || skip "there is no $name"
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES BACKTALK_PACK
export LC_ALL=C.UTF-8
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh

# ---- Packages

make -s deb BUILDDIR="$work/build" >"$work/log" 2>&1 || {
    wrong 'make deb' "$(tail -n 20 "$work/log")" 'status 0'
    exit 1
}
out=$work/build/deb
version=$(sed -n 's/^#define TALK_VERSION "\(.*\)"/\1/p' include/backtalk.h)
library=libbacktalk${version%%.*}
# Root builds it here, which lintian would rather not run as.
lintian --allow-root --fail-on error,warning "$out"/*.changes \
    >"$work/log" 2>&1 || wrong 'lintian' "$(cat "$work/log")" 'nothing'

# ---- A bare Debian

codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
bare=$work/bare
if [ -n "${BACKTALK_CHROOT:-}" ]; then
    mkdir "$bare"
    tar -xf "$BACKTALK_CHROOT" -C "$bare" --strip-components=1 ||
        skip "$BACKTALK_CHROOT cannot be read"
else
    debootstrap --variant=minbase "$codename" "$bare" >"$work/log" 2>&1 ||
        skip "debootstrap: $(tail -n 1 "$work/log")"
fi
cp /etc/resolv.conf "$bare/etc/resolv.conf"
for suite in "$codename" "$codename-updates"; do
    echo "deb http://deb.debian.org/debian $suite main"
done >"$bare/etc/apt/sources.list"
echo "deb http://deb.debian.org/debian-security $codename-security main" \
    >>"$bare/etc/apt/sources.list"
mkdir "$bare/debs"
cp "$out"/*.deb tests/example_embed.c "$bare/debs"
inside() {
    chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "$@"
}
inside apt-get -q update >"$work/log" 2>&1 ||
    skip "apt-get update: $(tail -n 1 "$work/log")"

# gets PACKAGE...
gets() {
    inside apt-get -qy --no-install-recommends install "$@" >"$work/log" 2>&1 || {
        wrong "apt-get install $*" "$(tail -n 20 "$work/log")" 'status 0'
        exit 1
    }
}
# is CASE WANTED COMMAND...: what it prints inside
is() {
    case_name=$1 pattern=$2
    shift 2
    matches "$case_name" "$(inside "$@" 2>&1)" "$pattern"
}
ours() { inside find / -xdev -name '*backtalk*' -not -path '/debs/*' \
    -not -path '/proc/*' -not -path '/var/*' | sort; }

# ---- The program alone

gets "/debs/backtalk_${version}_$(dpkg --print-architecture).deb"
is 'its version' "backtalk $version
with HTTP*" backtalk --version
is 'what it says' "$("$BACKTALK" --pack . -e 'my left hand is numb')" \
    backtalk -e 'my left hand is numb'
is 'the files are as they were packed' '' dpkg --verify backtalk
is 'no library comes with it' '' sh -c 'ls /usr/lib/*/libbacktalk* 2>/dev/null'

# ---- The library

gets gcc libc6-dev pkg-config \
    "/debs/${library}_${version}_$(dpkg --print-architecture).deb" \
    "/debs/libbacktalk-dev_${version}_$(dpkg --print-architecture).deb"
is 'pkg-config' "$version" pkg-config --modversion backtalk
for kind in '' '-static'; do
    # shellcheck disable=SC2016 # for the shell inside
    is "a program is built${kind:+, $kind}" '*numbness*' sh -c \
        'cc -o /tmp/ask /debs/example_embed.c $1 \
            $(pkg-config --cflags --libs ${1:+--static} backtalk) &&
         cd /usr/share/backtalk/pack && /tmp/ask' sh "$kind"
done

# ---- Away

inside apt-get -qy purge backtalk libbacktalk-dev "$library" \
    >"$work/log" 2>&1 || wrong 'purge' "$(cat "$work/log")" 'status 0'
left=$(ours)
[ -z "$left" ] || wrong 'after purge' "$left" 'nothing'

[ "$failed" = 0 ] && echo 'deb_test: ok'
exit "$failed"
