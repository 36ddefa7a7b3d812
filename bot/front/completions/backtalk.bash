# backtalk.bash - completion of backtalk's command line for bash: the options
# that go with the command, once there is one.
# shellcheck shell=bash

_backtalk() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local commands='chat test check serve' command='' i
    local everywhere='--pack --seed --help --version'
    local chat='--color --history'
    local once='-e --json --color'
    local test='--json --color --quiet --tap --junit --filter --list
        --fail-fast --repeat --jobs --record --accept --dry-run --coverage
        --min-coverage --watch'
    local check='--json --color --all --sarif --report --graph
        --proof --mutate --filter --findings --transcripts'
    local serve='--stdio --http --token-file --cors --store --store-password-file --rate --sessions
        --expire --timeout --log --jobs'
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -e) [[ $command ]] || command=once ;;
        chat | test | check | serve)
            [[ ${COMP_WORDS[i - 1]} == -e || $command ]] ||
                command=${COMP_WORDS[i]}
            ;;
        esac
    done
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
    --junit | --coverage | --sarif | --report | --graph | --token-file | --store \
        | --store-password-file)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        compopt -o filenames
        ;;
    -e | --seed | --findings | --filter | --repeat | --jobs | -j | \
        --min-coverage | --http | --cors | --rate | --sessions | --expire | \
        --timeout) ;;
    *)
        if [[ ($command == test || ${COMP_WORDS[*]} == *--mutate*) &&
            $word != -* ]]; then
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            compopt -o filenames
        elif [[ $command ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$everywhere ${!command}" \
                -- "$word")
        else
            mapfile -t COMPREPLY < <(compgen -W "$commands $everywhere $chat
                $once $test $check $serve" -- "$word" | sort -u)
        fi
        ;;
    esac
}
complete -F _backtalk backtalk
