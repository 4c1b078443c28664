using System.Collections.Immutable;
using System.Text;

namespace SegPipeline.Cli.Completion;

/// <summary>The script for zsh, which also shows what commands and options do.</summary>
/// <remarks>https://zsh.sourceforge.io/Doc/Release/Completion-System.html</remarks>
internal static class ZshCompletion
{
    private const string Beginning = """
        #compdef segpipe
        # Completion of segpipe for zsh: source <(segpipe completion zsh), after compinit
        _segpipe() {
            local cur=${words[CURRENT]} prev=${words[CURRENT-1]} place= files= i
            local -a commands options
            for ((i = 2; i < CURRENT; i++)); do
                case "$place|${words[i]}" in

        """;

    /// <summary>The script.</summary>
    public static string Script(ImmutableArray<CommandWords> commands)
    {
        var text = new StringBuilder(Beginning.ReplaceLineEndings("\n"));
        foreach (CommandWords command in commands)
            foreach (string child in command.Children)
                Line(text, $"            '{command.Path}|{child}') place='{$"{command.Path} {child}".Trim()}' ;;");
        Line(text, "        esac", "    done", "    case \"$place|$prev\" in");
        foreach (CommandWords command in commands)
            foreach (OptionWords option in command.Options.Where(o => o.TakesValue))
                AppendValues(text, command, option);
        Line(text, "    esac", "    case $place in");
        var descriptions = commands.ToDictionary(c => c.Path, c => c.Description, StringComparer.Ordinal);
        foreach (CommandWords command in commands) Append(text, command, descriptions);
        Line(text, "    esac",
            "    if [[ $cur == -* ]]; then _describe option options; return; fi",
            "    (( $#commands )) && _describe command commands",
            "    case $files in",
            "        pipelines) _files -g '*.(yaml|yml)' ;;",
            "        any) _files ;;",
            "    esac",
            "}",
            "compdef _segpipe segpipe");
        return text.ToString();
    }

    private static void AppendValues(StringBuilder text, CommandWords command, OptionWords option)
    {
        string cases = string.Join(" | ", option.Names.Select(name => $"'{command.Path}|{name}'"));
        string action = option.TakesFiles ? "_files"
            : option.Values.IsEmpty ? ":"
            : $"compadd -- {string.Join(' ', option.Values)}";
        Line(text, $"        {cases}) {action}; return ;;");
    }

    private static void Append(
        StringBuilder text, CommandWords command, Dictionary<string, string> descriptions)
    {
        IEnumerable<string> children = command.Children
            .Select(c => Item(c, descriptions[$"{command.Path} {c}".Trim()]))
            .Concat(command.Values.Select(value => Item(value, "")));
        IEnumerable<string> options = command.Options.SelectMany(o => o.Names, (o, name) => Item(name, o.Description));
        string files = command.TakesPipelines ? "pipelines" : command.TakesFiles ? "any" : "";
        Line(text, $"        '{command.Path}')", $"            commands=({string.Join(' ', children)})",
            $"            options=({string.Join(' ', options)})", $"            files={files} ;;");
    }

    /// <summary>A word and what it does, as <c>_describe</c> takes them.</summary>
    private static string Item(string word, string description)
    {
        string name = word.Replace(":", "\\:", StringComparison.Ordinal);
        string item = description.Length > 0 ? $"{name}:{description.ReplaceLineEndings(" ")}" : name;
        return "'" + item.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines) text.Append(line).Append('\n');
    }
}
