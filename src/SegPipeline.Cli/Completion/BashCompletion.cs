using System.Collections.Immutable;
using System.Text;

namespace SegPipeline.Cli.Completion;

/// <summary>The script for bash: one function that knows all words, so that no key press starts the program.</summary>
/// <remarks>https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html</remarks>
internal static class BashCompletion
{
    private const string Beginning = """
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
            local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} path= words= options= files= i
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                case "$path|${COMP_WORDS[i]}" in

        """;

    /// <summary>The script.</summary>
    public static string Script(ImmutableArray<CommandWords> commands)
    {
        var text = new StringBuilder(Beginning.ReplaceLineEndings("\n"));
        foreach (CommandWords command in commands)
            foreach (string child in command.Children)
                Line(text, $"            '{command.Path}|{child}') path='{$"{command.Path} {child}".Trim()}' ;;");
        Line(text, "        esac", "    done", "    case \"$path|$prev\" in");
        foreach (CommandWords command in commands)
            foreach (OptionWords option in command.Options.Where(o => o.TakesValue))
                AppendValues(text, command, option);
        Line(text, "    esac", "    case $path in");
        foreach (CommandWords command in commands) Append(text, command);
        Line(text, "    esac",
            "    if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")); return; fi",
            "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))",
            "    [ -z \"$files\" ] || _segpipe_files \"$files\" \"$cur\"",
            "}",
            "complete -o filenames -F _segpipe segpipe");
        return text.ToString();
    }

    private static void AppendValues(StringBuilder text, CommandWords command, OptionWords option)
    {
        string cases = string.Join(" | ", option.Names.Select(name => $"'{command.Path}|{name}'"));
        string action = option.TakesFiles ? "_segpipe_files any \"$cur\""
            : option.Values.IsEmpty ? ":"
            : $"COMPREPLY=($(compgen -W '{string.Join(' ', option.Values)}' -- \"$cur\"))";
        Line(text, $"        {cases}) {action}; return ;;");
    }

    private static void Append(StringBuilder text, CommandWords command)
    {
        string options = string.Join(' ', command.Options.SelectMany(o => o.Names));
        string files = command.TakesPipelines ? "pipelines" : command.TakesFiles ? "any" : "";
        Line(text, $"        '{command.Path}') words='{string.Join(' ', command.Children.Concat(command.Values))}'" +
            $" options='{options}' files={files} ;;");
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines) text.Append(line).Append('\n');
    }
}
