using System.Collections.Concurrent;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>A folder of pictures. Names in datasets are untrusted: none leads out of it.</summary>
/// <param name="folder">The folder.</param>
internal sealed class MediaFolder(InputPath folder)
{
    private readonly string _root = RootOf(folder);

    // Names of folders whose names are not all ASCII: composed name to the name on disk.
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _names = new(StringComparer.Ordinal);

    /// <summary>The picture of a name; the file need not exist until it is opened.</summary>
    /// <param name="name">Name with forward or back slashes, relative to the folder.</param>
    /// <exception cref="RecordFaultException">The name is empty, absolute, or leads out of the folder.</exception>
    public PhotoFile Find(string name)
    {
        string relative = name.Replace('\\', '/');
        string? fault = Fault(relative);
        return fault is null
            ? new PhotoFile(PathOf(relative))
            : throw new RecordFaultException("UNSAFE_NAME",
                $"expected a file name within the folder of pictures, '{Printable(name)}' {fault}",
                "rename the file in the source, or leave the folder of pictures out");
    }

    /// <summary>True when a name leads nowhere but into a folder.</summary>
    public static bool IsSafe(string name) => Fault(name.Replace('\\', '/')) is null;

    private static string RootOf(InputPath folder) => File.Exists(folder.FullPath)
        ? throw FolderListing.Missing(folder)
        : Path.TrimEndingDirectorySeparator(folder.FullPath);

    /// <summary>Where a picture is: under its name, or else under one that differs only in how accents are
    /// written.</summary>
    private string PathOf(string name)
    {
        string path = _root + "/" + name;
        if (Ascii.IsValid(name) || File.Exists(path)) return path;
        string found = _root;
        foreach (string part in name.Split('/'))
        {
            string next = found + "/" + part;
            if (!Path.Exists(next) && NamesIn(found).TryGetValue(UnicodeForm.Composed(part), out string? other))
                next = found + "/" + other;
            found = next;
        }
        return Path.Exists(found) ? found : path;
    }

    private Dictionary<string, string> NamesIn(string path) => _names.GetOrAdd(path, static path =>
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(path)) return names;
        foreach (string name in Directory.EnumerateFileSystemEntries(path).Select(e => Path.GetFileName(e)))
            if (!Ascii.IsValid(name)) names.TryAdd(UnicodeForm.Composed(name), name);
        return names;
    });

    private static string? Fault(string name)
    {
        if (name.Length == 0) return "is empty";
        if (name[0] == '/') return "is absolute";
        if (name.Contains(':', StringComparison.Ordinal)) return "has a colon (a drive, a stream or an address)";
        if (name.Contains('\0', StringComparison.Ordinal)) return "has a NUL";
        return name.Split('/').Contains("..", StringComparer.Ordinal) ? "has the part '..'" : null;
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
