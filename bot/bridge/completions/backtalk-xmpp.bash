# backtalk-xmpp.bash - completion of backtalk-xmpp's command line for bash.
# shellcheck shell=bash

_backtalk_xmpp() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    # bash takes "--pack=x" as three words: "--pack", "=", "x".
    if [[ $word == '=' ]]; then
        word=''
    elif [[ $before == '=' ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    --pack | --state)
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        compopt -o filenames
        ;;
    --password-file | --ca-file)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        compopt -o filenames
        ;;
    --jid | --server | --room | --seed | --expire | --split | --forget) ;;
    *)
        mapfile -t COMPREPLY < <(compgen -W '--jid --password-file --server
            --ca-file --no-tls --room --pack --seed --state --expire --split
            --forget --help --version' -- "$word")
        ;;
    esac
}
complete -F _backtalk_xmpp backtalk-xmpp
