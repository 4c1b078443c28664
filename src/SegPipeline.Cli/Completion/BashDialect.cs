namespace SegPipeline.Cli.Completion;

/// <summary>Completion in bash.</summary>
/// <remarks>https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html</remarks>
internal sealed class BashDialect : IShellDialect
{
    /// <inheritdoc/>
    public string Beginning => """
        # Completion of segpipe for bash: source <(segpipe completion bash)
        _segpipe_files() {
            local word
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$2")
            [ "$1" = pipelines ] || return
            local kept=()
            for word in "${COMPREPLY[@]}"; do
                case $word in *.yaml | *.yml) kept+=("$word") ;; *) [ -d "$word" ] && kept+=("$word") ;; esac
            done
            COMPREPLY=("${kept[@]}")
        }
        _segpipe() {
            local cur=${COMP_WORDS[COMP_CWORD]} prev= place= words= options= files= i=$COMP_CWORD
            COMPREPLY=()
            # The '=' of --option=value and of --option key=value is a word of its own here.
            if [ "$cur" = = ]; then cur=; elif [ "${COMP_WORDS[i - 1]}" = = ]; then i=$((i - 1)); fi
            prev=${COMP_WORDS[i - 1]}
            if [ "${COMP_WORDS[i]}" = = ] && [[ $prev != -* ]]; then prev=${COMP_WORDS[i - 2]}; fi
            for ((i = 1; i < COMP_CWORD; i++)); do
                case "$place|${COMP_WORDS[i]}" in

        """;

    /// <inheritdoc/>
    public string End => """
            if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$cur")); return; fi
            COMPREPLY=($(compgen -W "$words" -- "$cur"))
            [ -z "$files" ] || _segpipe_files "$files" "$cur"
        }
        complete -o filenames -F _segpipe segpipe
        """;

    /// <inheritdoc/>
    public string ValuesOf(OptionWords option) => option.TakesFiles ? "_segpipe_files any \"$cur\""
        : option.Values.IsEmpty ? ":"
        : $"COMPREPLY=($(compgen -W '{string.Join(' ', option.Values)}' -- \"$cur\"))";

    /// <inheritdoc/>
    public string WordsOf(CommandWords command, IEnumerable<CommandWords> children)
    {
        string options = string.Join(' ', command.Options.SelectMany(o => o.Names));
        return $"words='{string.Join(' ', command.Children.Concat(command.Values))}'" +
            $" options='{options}' files={command.FilesWord}";
    }
}
