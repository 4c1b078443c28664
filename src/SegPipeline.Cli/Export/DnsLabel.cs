namespace SegPipeline.Cli.Export;

/// <summary>Names that every engine takes: lower-case letters, digits and hyphens, as in RFC 1123.</summary>
internal static class DnsLabel
{
    private const int MostCharacters = 40;

    /// <summary>The label nearest to a name.</summary>
    public static string Of(string name)
    {
        string label = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        label = label.Trim('-');
        label = label[..Math.Min(label.Length, MostCharacters)].TrimEnd('-');
        return label.Length == 0 || !char.IsAsciiLetter(label[0]) ? $"p-{label}".TrimEnd('-') : label;
    }
}
