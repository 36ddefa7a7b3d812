# wait_shell.sh - how the shell tests wait for a server: read with `.`.
# shellcheck shell=sh

# until_there COMMAND...: waits up to 20 seconds for it to be true
until_there() {
    turn=0
    until "$@" >/dev/null 2>&1; do
        turn=$((turn + 1))
        [ $turn -lt 200 ] || return 1
        sleep 0.1
    done
}
