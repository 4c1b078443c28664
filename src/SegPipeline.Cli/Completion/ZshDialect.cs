namespace SegPipeline.Cli.Completion;

/// <summary>Completion in zsh, which also shows what commands and options do.</summary>
/// <remarks>https://zsh.sourceforge.io/Doc/Release/Completion-System.html</remarks>
internal sealed class ZshDialect : IShellDialect
{
    /// <inheritdoc/>
    public string Beginning => """
        #compdef segpipe
        # Completion of segpipe for zsh: source <(segpipe completion zsh), after compinit
        _segpipe() {
            local cur=${words[CURRENT]} prev=${words[CURRENT-1]} place= files= i
            local -a commands options
            # What stands before the '=' of --option=value and of --option key=value stays as it is.
            [[ $cur == --*=* ]] && prev=${cur%%=*}
            [[ $cur == *=* ]] && compset -P '*='
            for ((i = 2; i < CURRENT; i++)); do
                case "$place|${words[i]}" in

        """;

    /// <inheritdoc/>
    public string End => """
            if [[ $cur == -* ]]; then _describe -o option options; return; fi
            (( $#commands )) && _describe command commands
            case $files in
                pipelines) _files -g '*.(yaml|yml)' ;;
                any) _files ;;
            esac
        }
        compdef _segpipe segpipe
        """;

    /// <inheritdoc/>
    public string ValuesOf(OptionWords option) => option.TakesFiles ? "_files"
        : option.Values.IsEmpty ? ":"
        : $"compadd -- {string.Join(' ', option.Values)}";

    /// <inheritdoc/>
    public string WordsOf(CommandWords command, IEnumerable<CommandWords> children)
    {
        IEnumerable<string> commands = children.Select(c => Item(c.Name, c.Description))
            .Concat(command.Values.Select(value => Item(value, "")));
        IEnumerable<string> options = command.Options.SelectMany(o => o.Names, (o, name) => Item(name, o.Description));
        return $"files={command.FilesWord}\n            commands=({string.Join(' ', commands)})\n" +
            $"            options=({string.Join(' ', options)})";
    }

    /// <summary>A word and what it does, as <c>_describe</c> takes them.</summary>
    private static string Item(string word, string description)
    {
        string name = word.Replace(":", "\\:", StringComparison.Ordinal);
        string item = description.Length > 0 ? $"{name}:{description.ReplaceLineEndings(" ")}" : name;
        return "'" + item.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }
}
