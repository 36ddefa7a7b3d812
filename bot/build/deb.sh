#!/bin/sh
# deb.sh - Debian packages of the tree: the program with its pack, the library,
# and what is needed to build with it.
#   deb.sh FOLDER     leaves FOLDER/*.deb and *.changes
# In: the sources in the working directory; DEBFULLNAME, DEBEMAIL,
# SOURCE_DATE_EPOCH. Needs dpkg-dev and debhelper. Nothing is signed.
set -eu
here=$(dirname "$0")
# shellcheck source=bot/build/needs.sh
. "$here/needs.sh"
for name in dpkg-buildpackage dh; do
    command -v $name >/dev/null || {
        echo "deb.sh: no $name; Debian's packages dpkg-dev and debhelper" \
            'have what is missing' >&2
        exit 1
    }
done
mkdir -p "$1"
out=$(cd "$1" && pwd)
version=$(sed -n 's/^#define TALK_VERSION "\(.*\)"/\1/p' include/backtalk.h)
tree=$out/backtalk-$version
rm -rf "$tree" "$out"/*backtalk*_"$version"*
mkdir -p "$tree"
cp -R Makefile README.md bot include intents responses tests "$tree"
mv "$tree/bot/build/debian" "$tree/debian"

# The optional parts are those that this machine has.
missing=" $(sh "$here/probe.sh" missing optional | tr '\n' ' ')"
packages_of() { # packages_of KIND...: separated by commas
    for kind in "$@"; do
        libraries | awk -v kind="$kind" '$2 == kind { print $1 }'
    done | while read -r name; do
        case $missing in *" $name "*) continue ;; esac
        package_names apt-get "$name"
        echo
    done | grep . | paste -sd , | sed 's/,/, /g'
}
maintainer="${DEBFULLNAME:-The backtalk maintainers} <${DEBEMAIL:-backtalk@packages.debian.org}>"
sed -e "s/@MAINTAINER@/$maintainer/" -e "s/@MAJOR@/${version%%.*}/" \
    -e "s/@BUILD_DEPENDS@/$(packages_of needed optional)/" \
    -e "s/@BUILD_NEEDS@/$(packages_of needed)/" \
    "$tree/debian/control.in" >"$tree/debian/control"
rm "$tree/debian/control.in"
when=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
cat >"$tree/debian/changelog" <<END
backtalk ($version) unstable; urgency=medium

  * Built from the sources.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$when")
END
mkdir "$tree/debian/source"
echo '3.0 (native)' >"$tree/debian/source/format"
library=libbacktalk${version%%.*}
mv "$tree/debian/libbacktalk.install" "$tree/debian/$library.install"
{
    echo "libbacktalk.so.${version%%.*} $library #MINVER#"
    sed "s/.*/ &@Base $version/" "$tree/tests/abi_symbols.txt"
} >"$tree/debian/$library.symbols"

# What was said to the make that called this is not for the one below.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES BUILDDIR SAN DESTDIR PREFIX \
    BINDIR LIBDIR INCLUDEDIR DATADIR MANDIR CC CFLAGS LDFLAGS
(cd "$tree" && dpkg-buildpackage --build=binary -us -uc)
rm -rf "$tree"
ls "$out"/*.deb
