#!/bin/sh
# check.sh - runs every test and counts; fails when one failed or none ran.
#   check.sh PROGRAM...     C programs and tests/*_test.sh
# A test passes with status 0 and is skipped with 77. Standard output ends in
# a line of its own: "N passed, N failed" (", N skipped" when there are any).
set -u
exec </dev/null

: "${ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1}"
: "${UBSAN_OPTIONS=print_stacktrace=1}"
: "${TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1}"
export ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS

# Seconds after which a test counts as hung.
limit=${TEST_TIMEOUT:-900}
watch=
if command -v timeout >/dev/null 2>&1; then
    watch="timeout -k 10 $limit"
fi

passed=0 failed=0 skipped=0 failures=
trap 'exit 130' INT
for test in "$@"; do
    name=${test##*/}
    echo "-- $name"
    # shellcheck disable=SC2086
    case $test in
        *.sh)
            if [ -x "$test" ]; then
                $watch "./$test"
            else
                echo "$test is not executable: chmod +x $test"
                false
            fi ;;
        *) $watch "$test" ;;
    esac
    status=$?
    case $status in
        0) passed=$((passed + 1)) ;;
        77) skipped=$((skipped + 1)) ;;
        *)
            failed=$((failed + 1))
            if [ "$status" = 124 ] || [ "$status" = 137 ]; then
                echo "$name: stopped after $limit seconds"
            elif [ "$status" -gt 128 ]; then
                echo "$name: killed by signal $((status - 128))"
            fi
            failures="$failures $name" ;;
    esac
done

if [ -n "$failures" ]; then
    echo "failed:$failures"
fi
if [ $((passed + failed)) = 0 ]; then
    echo "no test was run"
fi
line="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then
    line="$line, $skipped skipped"
fi
echo "$line"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
