# verdict_shell.sh - how the shell tests say what is wrong: read with `.`.
# Sets $failed to 0, and to 1 once something was wrong.
# shellcheck shell=sh
failed=0

# wrong CASE GOT WANTED
wrong() {
    # shellcheck disable=SC2034 # the test ends with it
    failed=1
    printf 'FAILED: %s\n     got: %.2000s\n  wanted: %.1000s\n' "$1" "$2" "$3"
}

# matches CASE GOT PATTERN (of the shell)
matches() {
    # shellcheck disable=SC2254
    case $2 in
    $3) ;;
    *) wrong "$1" "$2" "$3" ;;
    esac
}
