using System.Collections.Immutable;
using System.IO.Enumeration;

namespace SegPipeline.Releases.Croissant;

/// <summary>Files of one kind that are described together.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Type">Their media type.</param>
/// <param name="Files">Their names.</param>
internal sealed record FileSet(string Name, string Type, ImmutableArray<string> Files)
{
    /// <summary>The patterns of their names: one for each end of names at each depth of folders, as loaders differ in
    /// what <c>**</c> means.</summary>
    public IReadOnlyList<string> Includes { get; init; } =
        [.. Files.Select(PatternOf).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>True when a name fits one of the patterns.</summary>
    public bool Fits(string name) => Includes.Any(pattern => Fits(pattern, name));

    /// <summary>True when a name fits a pattern, in which <c>*</c> stands for letters but <c>/</c>, and <c>**/</c> for
    /// any folders.</summary>
    public static bool Fits(string pattern, string name)
    {
        int folders = pattern.IndexOf("**/", StringComparison.Ordinal);
        if (folders >= 0)
            return name.StartsWith(pattern[..folders], StringComparison.Ordinal) &&
                FitsPart(pattern[(folders + 3)..], name[(name.LastIndexOf('/') + 1)..]);
        string[] parts = name.Split('/'), patterns = pattern.Split('/');
        return parts.Length == patterns.Length && parts.Zip(patterns).All(p => FitsPart(p.Second, p.First));
    }

    private static bool FitsPart(string pattern, string part) =>
        FileSystemName.MatchesSimpleExpression(pattern, part, ignoreCase: false);

    private static string PatternOf(string name)
    {
        string[] parts = name.Split('/');
        for (int i = parts.Length == 1 ? 0 : 1; i < parts.Length - 1; i++) parts[i] = "*";
        parts[^1] = "*" + Path.GetExtension(name);
        return string.Join('/', parts);
    }
}
