using System.CommandLine;

namespace SegPipeline.Cli.Commands;

/// <summary>Options that take a whole number.</summary>
internal static class WholeNumber
{
    /// <summary>An option that takes a number above 0.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Its help.</param>
    /// <param name="standard">The number when it is not given.</param>
    public static Option<int> Above0(string name, string description, int standard)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} takes a number above 0, found '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
