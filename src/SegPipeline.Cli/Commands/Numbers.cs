using System.CommandLine;
using System.CommandLine.Parsing;

namespace SegPipeline.Cli.Commands;

/// <summary>Options that take a whole number.</summary>
internal static class Numbers
{
    /// <summary>An option that takes a number above another, with a default.</summary>
    public static Option<int> Above(int bound, string name, string description, int standard)
    {
        Option<int> option = Above(bound, name, description);
        option.DefaultValueFactory = _ => standard;
        return option;
    }

    /// <summary>An option that takes a number above another.</summary>
    public static Option<int> Above(int bound, string name, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "number" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !(int.TryParse(word.Value, out int number) && number > bound))
                result.AddError($"{name} takes a number above {bound}, found '{word.Value}'");
        });
        return option;
    }
}
