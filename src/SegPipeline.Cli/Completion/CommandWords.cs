using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;

namespace SegPipeline.Cli.Completion;

/// <summary>An option of a command, for completion.</summary>
/// <param name="Names">Its name and other names.</param>
/// <param name="Description">What it does.</param>
/// <param name="TakesValue">True when a value follows.</param>
/// <param name="TakesFiles">True when the value may be a file or folder.</param>
/// <param name="Values">The values it takes; empty for any.</param>
internal sealed record OptionWords(
    ImmutableArray<string> Names, string Description, bool TakesValue, bool TakesFiles, ImmutableArray<string> Values);

/// <summary>A command, for completion.</summary>
/// <param name="Path">Its name with those it is below of, parted by blanks; empty for the program itself.</param>
/// <param name="Description">What it does.</param>
/// <param name="Children">Names of the commands below it.</param>
/// <param name="Options">Its options.</param>
/// <param name="Values">The values its arguments take; empty for any.</param>
/// <param name="TakesFiles">True when its arguments are files or folders.</param>
/// <param name="TakesPipelines">True when they are pipeline files.</param>
internal sealed record CommandWords(
    string Path, string Description, ImmutableArray<string> Children, ImmutableArray<OptionWords> Options,
    ImmutableArray<string> Values, bool TakesFiles, bool TakesPipelines)
{
    /// <summary>Its name; empty for the program itself.</summary>
    public string Name => Path[(Path.LastIndexOf(' ') + 1)..];

    /// <summary>Which files its arguments are: a word that the scripts understand, empty for none.</summary>
    public string FilesWord => TakesPipelines ? "pipelines" : TakesFiles ? "any" : "";

    /// <summary>The path of a command below it.</summary>
    public string PathOf(string child) => Path.Length == 0 ? child : $"{Path} {child}";

    /// <summary>The command and all below it, the outer ones first.</summary>
    public static ImmutableArray<CommandWords> Of(RootCommand root) => [.. Of(root, "", [])];

    private static IEnumerable<CommandWords> Of(Command command, string path, ImmutableArray<OptionWords> inherited)
    {
        ImmutableArray<OptionWords> options =
            [.. command.Options.Where(o => !o.Hidden).Select(Of), .. inherited];
        ImmutableArray<OptionWords> passedOn =
            [.. command.Options.Where(o => o.Recursive && !o.Hidden).Select(Of), .. inherited];
        Command[] children = [.. command.Subcommands.Where(c => !c.Hidden)];
        ImmutableArray<string> values = [.. command.Arguments.SelectMany(ValuesOf)];
        var here = new CommandWords(
            path, command.Description ?? "", [.. children.Select(c => c.Name)], options, values,
            command.Arguments.Count > 0 && values.IsEmpty,
            command.Arguments.Any(a => a.Name is "pipeline" or "pipelines"));
        yield return here;
        foreach (Command child in children)
            foreach (CommandWords words in Of(child, here.PathOf(child.Name), passedOn))
                yield return words;
    }

    private static OptionWords Of(Option option)
    {
        bool takesValue = option.Arity.MinimumNumberOfValues > 0 && option.ValueType != typeof(bool);
        IEnumerable<CompletionItem> items = takesValue ? option.GetCompletions(CompletionContext.Empty) : [];
        ImmutableArray<string> values = [.. items.Select(c => option.ValueType.IsEnum ? Lower(c.Label) : c.Label)];
        return new OptionWords([option.Name, .. option.Aliases.Where(a => a.StartsWith('-'))],
            option.Description ?? "", takesValue, values.IsEmpty && !IsNumber(option.ValueType), values);
    }

    private static string Lower(string word) => word.ToLowerInvariant();

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: true } or { FullName: "System.Decimal" };

    private static IEnumerable<string> ValuesOf(Argument argument) =>
        argument.GetCompletions(CompletionContext.Empty).Select(c => c.Label);
}
