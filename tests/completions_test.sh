#!/bin/sh
# completions_test.sh - what bash and zsh offer is what --help lists, and with
# a command what the program takes with it; the same of the bridge.
# In: $BACKTALK, the program; beside it backtalk-xmpp, if it was built. Run from the repository's top. A shell that is
# not there is named; without both the test is skipped.
set -u
: "${BACKTALK:?the program to test}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/verdict_shell.sh
. tests/verdict_shell.sh
folder=bot/front/completions
tried=0

# ---- What there is

"$BACKTALK" --help >"$work/help"
awk '/^commands:/ { inside = 1; next } /^$/ { inside = 0 } inside { print $1 }' \
    "$work/help" | sort >"$work/commands"
[ "$(wc -l <"$work/commands")" -ge 4 ] ||
    wrong 'commands in --help' "$(cat "$work/commands")" 'four'
# Rows: the option, and its value or nothing.
awk '/^options:/ { inside = 1; next } /^$/ { inside = 0 }
    inside && match($0, /^  (-., )?--[a-z-]+(=[A-Z]+)?/) {
        text = substr($0, RSTART, RLENGTH); sub(/^.*--/, "--", text)
        split(text, part, "="); print part[1], part[2] }' "$work/help" |
    sort >"$work/options"
[ "$(wc -l <"$work/options")" -ge 30 ] ||
    wrong 'options in --help' "$(cat "$work/options")" 'thirty'

# takes COMMAND OPTION VALUE: the pack that is not there ends it in any case
takes() {
    case $3 in
        '') value='' ;;
        N | SECONDS) value=5 ;;
        SPAN) value=5h ;;
        ADDR) value=0 ;;
        WHEN) value=auto ;;
        WHAT) value=events ;;
        ORIGIN) value=http://x.example ;;
        *) value="$work/none" ;;
    esac
    case $2 in --help | --version) return 0 ;; esac
    command=$1
    [ "$command" = once ] && command='-ex'
    timeout 10 "$BACKTALK" "$command" "$2${value:+=$value}" --pack="$work/none" \
        </dev/null >/dev/null 2>"$work/err"
    ! grep -qE "goes with (the command [a-z]+|-e) only|does not go with ($1|-e)$" \
        "$work/err"
}
for command in once $(cat "$work/commands"); do
    while read -r option value; do
        takes "$command" "$option" "$value" && echo "$option"
    done <"$work/options" >"$work/$command"
done
grep -qx -- --tap "$work/test" || wrong 'test takes' "$(cat "$work/test")" --tap
grep -qx -- --tap "$work/serve" && wrong 'serve takes' --tap 'not that'

# same CASE WANTED: long options on standard input, one a line
same() {
    grep -x -- '--[a-z-]*' | sort -u >"$work/got"
    cmp -s "$work/got" "$2" ||
        wrong "$1" "$(diff "$work/got" "$2")" 'no difference'
}

# The options of the bridge, as its own help has them.
xmpp=bot/bridge/completions
bridge=${BACKTALK%/*}/backtalk-xmpp
if [ -x "$bridge" ]; then
    "$bridge" --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p' | sort >"$work/xmpp"
else
    echo 'completions_test: no backtalk-xmpp: not tried'
fi

# ---- bash

# offers WORD...: what bash offers for the last of them
offers() {
    bash -c '. "$0"/backtalk.bash; compopt() { :; }
        COMP_WORDS=(backtalk "$@") COMP_CWORD=$#; _backtalk
        [ ${#COMPREPLY[@]} = 0 ] || printf "%s\n" "${COMPREPLY[@]}"' \
        "$folder" "$@"
}
cut -d ' ' -f 1 "$work/options" >"$work/all"
if bash -c '[[ ${BASH_VERSINFO[0]} -ge 4 ]]' 2>/dev/null; then
    tried=$((tried + 1))
    offers -- | same 'bash: all' "$work/all"
    offers '' | grep -v '^-' | sort | cmp -s - "$work/commands" ||
        wrong 'bash: commands' "$(offers '')" "$(cat "$work/commands")"
    while read -r command; do
        offers "$command" -- | same "bash: $command" "$work/$command"
        offers --pack x "$command" -- |
            same "bash: --pack x $command" "$work/$command"
    done <"$work/commands"
    offers -e test -- | same 'bash: -e test' "$work/once"
    matches 'bash: values' "$(offers --color '=' a)" 'auto
always'
    matches 'bash: values' "$(offers serve --log t)" 'turns
text'
    matches 'bash: folders' "$(offers --pack inte)" intents
    matches 'bash: files' "$(offers check --sarif READ)" README.md
    matches 'bash: paths' "$(offers test tests/transcripts)" tests/transcripts
    while read -r option value; do
        [ -n "$value" ] || continue
        offers "$option" -- | grep -q -e '^--pack' &&
            wrong "bash: a value of $option" 'options' 'none'
    done <"$work/options"
    if [ -s "$work/xmpp" ]; then
        bash -c '. "$0"/backtalk-xmpp.bash; COMP_WORDS=(backtalk-xmpp --)
            COMP_CWORD=1; _backtalk_xmpp; printf "%s\n" "${COMPREPLY[@]}"' \
            $xmpp | same 'bash: backtalk-xmpp' "$work/xmpp"
    fi
else
    echo 'completions_test: no bash of 4 or later: not tried'
fi

# ---- zsh

# zsh_offers WORD...: the options of which _arguments is told
zsh_offers() {
    zsh -f -c '_arguments() { print -l -- "$@" }
        words=(backtalk "$@") CURRENT=$((1 + $#))
        source "$0"/_backtalk' "$folder" "$@" |
        sed -n 's/^\*\{0,1\}\((.*)\)\{0,1\}\(--[a-z-]*\).*/\2/p'
}
if command -v zsh >/dev/null 2>&1; then
    tried=$((tried + 1))
    zsh_offers -- | same 'zsh: all' "$work/all"
    zsh_offers -e x -- | same 'zsh: -e' "$work/once"
    while read -r command; do
        zsh_offers "$command" -- | same "zsh: $command" "$work/$command"
    done <"$work/commands"
else
    echo 'completions_test: no zsh: only the names in its file are tried'
    grep -o -- "[{(' ,*]--[a-z-]*" $folder/_backtalk | tr -d "{(' ,*" |
        same 'zsh: the file' "$work/all"
fi

if [ -s "$work/xmpp" ]; then
    grep -o -- "['*]--[a-z-]*" $xmpp/_backtalk-xmpp | tr -d "'*" |
        same 'zsh: backtalk-xmpp' "$work/xmpp"
fi

[ $tried -gt 0 ] || { echo 'completions_test: skipped: no shell'; exit 77; }
[ "$failed" = 0 ] && echo 'completions_test: ok'
exit "$failed"
