using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>A folder of pictures. Names in datasets are untrusted: none leads out of it.</summary>
/// <param name="folder">The folder.</param>
internal sealed class MediaFolder(InputPath folder)
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(folder.FullPath);

    /// <summary>The picture of a name; the file need not exist until it is opened.</summary>
    /// <param name="name">Name with forward or back slashes, relative to the folder.</param>
    /// <exception cref="RecordFaultException">The name is empty, absolute, or leads out of the folder.</exception>
    public PhotoFile Find(string name)
    {
        string relative = name.Replace('\\', '/');
        string? fault = Fault(relative);
        return fault is null
            ? new PhotoFile(_root + "/" + relative)
            : throw new RecordFaultException("UNSAFE_NAME",
                $"expected a file name within the folder of pictures, '{Printable(name)}' {fault}",
                "rename the file in the source, or leave the folder of pictures out");
    }

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
