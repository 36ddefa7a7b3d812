# needs.sh - what the build needs and what it is called on each system.
# Read (with .) by probe.sh and deps.sh; two tables and how to ask them.
# shellcheck shell=sh

# kind: needed = nothing is built without it; check, lint, dev, deb = only for
#       that; optional = the program is built without it, and does a little less.
# In a row: name, kind, pkg-config name, flags to link, header, call to link.
libraries() {
    cat <<'END'
jansson    needed    jansson      -ljansson   jansson.h   json_object()
pcre2      needed    libpcre2-8   -lpcre2-8   pcre2.h     pcre2_match_data_create(1,NULL)
utf8proc   needed    libutf8proc  -lutf8proc  utf8proc.h  utf8proc_version()
yaml       needed    yaml-0.1     -lyaml      yaml.h      yaml_get_version_string()
microhttpd optional  libmicrohttpd  -lmicrohttpd  microhttpd.h  MHD_get_version()
sqlite     optional  sqlite3      -lsqlite3   sqlite3.h   sqlite3_libversion()
hiredis    optional  hiredis      -lhiredis   hiredis/hiredis.h  redisFree(NULL)
readline   optional  readline     -lreadline  readline/readline.h  rl_initialize()
strophe    optional  libstrophe   -lstrophe   strophe.h   xmpp_conn_set_cafile(NULL,NULL)
cmocka     check     cmocka       -lcmocka    cmocka.h    cmocka_set_message_output(CM_OUTPUT_STDOUT)
END
}

# Programs: name, kind. cc is whatever $CC names and must be able to link.
tools() {
    cat <<'END'
pkg-config    pkg-config
clang-tidy    lint
cppcheck      lint
clang-format  lint
shellcheck    lint
mandoc        lint
clang-format  format
dh            deb
dpkg-buildpackage  deb
lintian       deb
debootstrap   deb
clang         dev
valgrind      dev
python3       dev
tmux          dev
END
}

# Name; then Debian and Ubuntu, Fedora, Arch, Alpine, macOS. + joins several.
packages() {
    cat <<'END'
cc            gcc+libc6-dev    gcc                gcc       gcc+musl-dev  gcc
clang         clang            clang              clang     clang+musl-dev  llvm
make          make             make               make      make          make
pkg-config    pkg-config       pkgconf-pkg-config pkgconf   pkgconf       pkgconf
jansson       libjansson-dev   jansson-devel      jansson   jansson-dev   jansson
pcre2         libpcre2-dev     pcre2-devel        pcre2     pcre2-dev     pcre2
utf8proc      libutf8proc-dev  utf8proc-devel     libutf8proc  utf8proc-dev  utf8proc
yaml          libyaml-dev      libyaml-devel      libyaml   yaml-dev      libyaml
microhttpd    libmicrohttpd-dev  libmicrohttpd-devel  libmicrohttpd  libmicrohttpd-dev  libmicrohttpd
sqlite        libsqlite3-dev   sqlite-devel       sqlite    sqlite-dev    sqlite
hiredis       libhiredis-dev   hiredis-devel      hiredis   hiredis-dev   hiredis
readline      libreadline-dev  readline-devel     readline  readline-dev  readline
strophe       libstrophe-dev   libstrophe-devel   libstrophe  libstrophe-dev  libstrophe
cmocka        libcmocka-dev    libcmocka-devel    cmocka    cmocka-dev    cmocka
clang-tidy    clang-tidy       clang-tools-extra  clang     clang-extra-tools  llvm
clang-format  clang-format     clang-tools-extra  clang     clang-extra-tools  clang-format
cppcheck      cppcheck         cppcheck           cppcheck  cppcheck      cppcheck
shellcheck    shellcheck       ShellCheck         shellcheck  shellcheck  shellcheck
dh            debhelper        debhelper          debhelper  debhelper    debhelper
dpkg-buildpackage  dpkg-dev    dpkg-dev           dpkg      dpkg-dev      dpkg
lintian       lintian          lintian            lintian   lintian       lintian
debootstrap   debootstrap      debootstrap        debootstrap  debootstrap  debootstrap
mandoc        mandoc           mandoc             mandoc    mandoc        mandoc
valgrind      valgrind         valgrind           valgrind  valgrind      valgrind
python3       python3          python3            python    python3       python3
tmux          tmux             tmux               tmux      tmux          tmux
END
}

# The first of the package managers that this machine has; empty if none.
manager() {
    for name in apt-get dnf pacman apk brew; do
        if command -v "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

# package_names MANAGER NAME... -> the packages in one line, none twice
package_names() {
    case $1 in
        apt-get) column=2 ;;
        dnf) column=3 ;;
        pacman) column=4 ;;
        apk) column=5 ;;
        *) column=6 ;;
    esac
    shift
    for wanted in "$@"; do
        packages | awk -v name="$wanted" -v column="$column" \
            '$1 == name { gsub(/[+]/, "\n", $column); print $column }'
    done | awk '!seen[$0]++' | tr '\n' ' ' | sed 's/ $//'
}

# install_command MANAGER PACKAGES -> the command, without sudo
install_command() {
    case $1 in
        apt-get) echo "apt-get install -y --no-install-recommends $2" ;;
        dnf) echo "dnf install -y $2" ;;
        pacman) echo "pacman -S --needed --noconfirm $2" ;;
        apk) echo "apk add $2" ;;
        brew) echo "brew install $2" ;;
    esac
}

# refresh_command MANAGER -> what must run first, so that packages are found
refresh_command() {
    case $1 in
        apt-get) echo "apt-get update" ;;
        pacman) echo "pacman -Sy" ;;
    esac
}

# become_root MANAGER -> "", "sudo" or "doas"; status 1 when there is no way
become_root() {
    if [ "$1" = brew ] || [ "$(id -u)" = 0 ]; then
        return 0
    fi
    for name in sudo doas; do
        if command -v "$name" >/dev/null 2>&1; then
            echo "$name"
            return 0
        fi
    done
    return 1
}
