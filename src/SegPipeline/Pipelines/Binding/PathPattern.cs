using System.IO.Enumeration;

namespace SegPipeline.Pipelines.Binding;

/// <summary>
/// Globs: <c>*</c> and <c>?</c> within one part of a path, <c>**</c> for any number of folders. Brackets and braces
/// stand for themselves, as datasets use them in names. Case counts on every system.
/// </summary>
internal static class PathPattern
{
    /// <summary>True when the text is a pattern rather than one path.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>What a pattern stands for: full paths in ordinal order; empty when nothing fits or can be
    /// listed.</summary>
    /// <param name="fullPattern">An absolute path with patterns in it.</param>
    public static IReadOnlyList<string> Expand(string fullPattern)
    {
        string root = Path.GetPathRoot(fullPattern)!;
        string[] parts = fullPattern[root.Length..].Split(['/', Path.DirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return [.. Walk(root, parts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Walk(string root, string[] parts)
    {
        IEnumerable<string> found = Directory.Exists(root) ? [root] : [];
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i];
            bool last = i == parts.Length - 1;
            found = part == "**" ? found.SelectMany(f => FoldersBelow(f, andFiles: last))
                : IsPattern(part) ? found.SelectMany(f => Children(f, part, andFiles: last))
                : found.Select(f => Path.Combine(f, part)).Where(f => last ? Path.Exists(f) : Directory.Exists(f));
        }
        return found;
    }

    private static FileSystemEnumerable<string> Children(string folder, string pattern, bool andFiles) =>
        Entries(folder, recurse: false, (ref FileSystemEntry e) =>
            (andFiles || e.IsDirectory) &&
            FileSystemName.MatchesSimpleExpression(pattern, e.FileName, ignoreCase: false));

    private static IEnumerable<string> FoldersBelow(string folder, bool andFiles) =>
        Entries(folder, recurse: true, (ref FileSystemEntry e) => andFiles || e.IsDirectory).Prepend(folder);

    // A link to a folder is not walked into by '**': it may lead back to where the walk came from.
    private static FileSystemEnumerable<string> Entries(
        string folder, bool recurse, FileSystemEnumerable<string>.FindPredicate wanted) =>
        new(folder, (ref FileSystemEntry e) => e.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = recurse, AttributesToSkip = 0, IgnoreInaccessible = true })
        {
            ShouldIncludePredicate = wanted,
            ShouldRecursePredicate = (ref FileSystemEntry e) => !e.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
}
