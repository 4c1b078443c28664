using System.Collections.Immutable;
using System.Text;

namespace SegPipeline.Cli.Completion;

/// <summary>How one shell is told which words there are. The function that is written knows <c>place</c>, the command
/// so far, <c>prev</c>, the option before the word that is completed, and <c>cur</c>, the word itself.</summary>
internal interface IShellDialect
{
    /// <summary>The lines before the walk over the words that are typed already.</summary>
    string Beginning { get; }

    /// <summary>The lines behind all words, which offer those of the place.</summary>
    string End { get; }

    /// <summary>Offers the values of an option, as one command.</summary>
    string ValuesOf(OptionWords option);

    /// <summary>Sets the variables that <see cref="End"/> offers the words of.</summary>
    /// <param name="command">The command.</param>
    /// <param name="children">The commands below it.</param>
    string WordsOf(CommandWords command, IEnumerable<CommandWords> children);
}

/// <summary>The script by which a shell completes: one function that knows all words, so that no key press starts the
/// program.</summary>
internal static class CompletionScript
{
    /// <summary>The script.</summary>
    public static string Of(ImmutableArray<CommandWords> commands, IShellDialect dialect)
    {
        var byPath = commands.ToDictionary(c => c.Path, StringComparer.Ordinal);
        var text = new StringBuilder(dialect.Beginning.ReplaceLineEndings("\n"));
        foreach (CommandWords command in commands)
            foreach (string child in command.Children)
                Line(text, $"            '{command.Path}|{child}') place='{command.PathOf(child)}' ;;");
        Line(text, "        esac", "    done", "    case \"$place|$prev\" in");
        foreach (CommandWords command in commands)
            foreach (OptionWords option in command.Options.Where(o => o.TakesValue))
                Line(text, $"        {Cases(command, option)}) {dialect.ValuesOf(option)}; return ;;");
        Line(text, "    esac", "    case $place in");
        foreach (CommandWords command in commands)
        {
            string words = dialect.WordsOf(command, command.Children.Select(c => byPath[command.PathOf(c)]));
            Line(text, $"        '{command.Path}') {words} ;;");
        }
        Line(text, "    esac");
        return text.Append(dialect.End.ReplaceLineEndings("\n")).Append('\n').ToString();
    }

    private static string Cases(CommandWords command, OptionWords option) =>
        string.Join(" | ", option.Names.Select(name => $"'{command.Path}|{name}'"));

    private static void Line(StringBuilder text, params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines) text.Append(line).Append('\n');
    }
}
