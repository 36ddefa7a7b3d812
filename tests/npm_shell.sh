# npm_shell.sh - how the shell tests get packages of npm: read with `.`.
# In: $work, a folder to write in.
# shellcheck shell=sh
: "${work:?a folder to write in}"

# npm_has HOME PACKAGE@VERSION...: or installs them below HOME; what npm said
# last stands in $work/npm when it cannot
npm_has() {
    npm_home=$1
    shift
    [ -d "$npm_home/node_modules/${1%@*}" ] && return
    mkdir -p "$npm_home"
    echo '{"private": true}' >"$npm_home/package.json"
    (cd "$npm_home" && npm install --no-audit --no-fund --ignore-scripts "$@") \
        >"$work/npm" 2>&1 && return
    rm -rf "$npm_home"
    return 1
}
