# backtalk.bash - completion of backtalk's command line for bash.
# shellcheck shell=bash

_backtalk() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    # bash takes "--color=al" as three words: "--color", "=", "al".
    if [[ $word == '=' ]]; then
        word=''
    elif [[ $before == '=' ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    --pack | --transcripts)
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        compopt -o filenames
        ;;
    --color)
        mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$word")
        ;;
    --log)
        mapfile -t COMPREPLY < <(compgen -W 'events turns text' -- "$word")
        ;;
    --junit | --coverage | --sarif | --report | --graph | --token-file | --store)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        compopt -o filenames
        ;;
    -e | --seed | --findings | --filter | --repeat | --jobs | -j | --min-coverage | \
        --http | --cors | --rate | --sessions | --expire | --timeout) ;;
    *)
        mapfile -t COMPREPLY < <(compgen -W 'chat test check serve -e --json --stdio
            --http --token-file --store --cors --rate --sessions --expire --timeout --log
            --pack --seed --color --history --quiet --tap --junit --filter
            --record --all --sarif --report --graph --proof --findings --transcripts --accept --dry-run --coverage --min-coverage --watch --list --fail-fast --repeat --jobs
            --help --version' -- "$word")
        if [[ $word != -* && " ${COMP_WORDS[*]} " == *' test '* ]]; then
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            compopt -o filenames
        fi
        ;;
    esac
}
complete -F _backtalk backtalk
