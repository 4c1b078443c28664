using System.Collections.Frozen;
using System.Reflection;

namespace SegPipeline.Viewer.Server;

/// <summary>The files of the page, which are part of the program.</summary>
internal static class PageFiles
{
    /// <summary>The file that is the page itself.</summary>
    public const string Index = "index.html";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Names =
        typeof(PageFiles).Assembly.GetManifestResourceNames().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A file by its name, which is looked up in a list and never used as a path; null when there is
    /// none.</summary>
    public static (Stream Content, string Type)? Find(string name) =>
        Names.Contains(name) && Types.TryGetValue(Path.GetExtension(name), out string? type)
            ? (typeof(PageFiles).Assembly.GetManifestResourceStream(name)!, type)
            : null;
}
