#!/bin/sh
# deps.sh - installs what is missing, and says every command that it runs.
#   deps.sh KIND...      the kinds of needs.sh, such as: needed check optional
# As root without sudo, else with it. Reads no input: what stands on standard
# input belongs to the program that make runs next.
set -u
exec </dev/null
here=$(dirname "$0")
# shellcheck source=bot/build/needs.sh
. "$here/needs.sh"

missing=$(sh "$here/probe.sh" missing "$@" | tr '\n' ' ')
if [ -z "$missing" ]; then
    echo "deps: nothing is missing" >&2
    exit 0
fi

# The noise of package managers goes to the error output: standard output
# belongs to what make runs next.
exec 3>&1 >&2
echo "deps: missing: $missing"

system=$(manager)
if [ -z "$system" ]; then
    # shellcheck disable=SC2086
    echo "deps: no package manager that I know (apt-get, dnf, pacman, apk," \
        "brew). Please install what Debian calls:" \
        "$(package_names apt-get $missing)"
    exit 1
fi
# shellcheck disable=SC2086
install=$(install_command "$system" "$(package_names "$system" $missing)")
refresh=$(refresh_command "$system")
if ! root=$(become_root "$system"); then
    if [ -z "$(sh "$here/probe.sh" missing needed check)" ]; then
        echo "deps: going on without: that is optional, and there is no sudo"
        exit 0
    fi
    echo "deps: this takes root, and there is no sudo. Please run as root:"
    echo "    ${refresh:+$refresh && }$install"
    exit 1
fi

# The lists may be stale or partly out of reach; what counts is the install.
run() {
    echo "deps: ${root:+$root }$*"
    quiet=
    if [ "$system" = apt-get ]; then
        quiet="env DEBIAN_FRONTEND=noninteractive"
        shift
        set -- apt-get -qq -o Dpkg::Use-Pty=0 "$@"
    fi
    # shellcheck disable=SC2086
    $root $quiet "$@"
}
# shellcheck disable=SC2086
if [ -n "$refresh" ]; then
    run $refresh || echo "deps: '$refresh' failed; trying with the old lists"
fi
# shellcheck disable=SC2086
if ! run $install; then
    echo "deps: that failed. Nothing else was done; see the lines above."
    exit 1
fi

left=$(sh "$here/probe.sh" missing "$@" | tr '\n' ' ')
if [ -n "$left" ]; then
    echo "deps: installed, but still not to be used: $left"
    exit 1
fi
echo "deps: everything is there"
