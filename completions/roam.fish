# fish completion for roam: put this file into ~/.config/fish/completions
function __roam_suggest
    set -l line (commandline -cp)
    roam "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c roam -f -a "(__roam_suggest)"
