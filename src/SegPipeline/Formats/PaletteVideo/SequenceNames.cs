using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Reads the names of videos from a list such as DAVIS' <c>ImageSets/2017/val.txt</c>.</summary>
internal static class SequenceNames
{
    /// <summary>The names, each once, in the order of the file.</summary>
    /// <remarks>DAVIS 2016 lists frames instead, <c>/JPEGImages/480p/bear/00000.jpg ...</c>: of such a line the folder
    /// counts.</remarks>
    /// <exception cref="BadDataException">The file cannot be read, or names nothing.</exception>
    public static IReadOnlyList<string> Read(InputPath file)
    {
        using FileRent bytes = FileRent.Read(file.FullPath, file.Text);
        using var text = new StreamReader(new MemoryStream(bytes.Bytes.ToArray()));
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (text.ReadLine() is { } line)
        {
            string name = NameOf(line.Trim());
            if (name.Length > 0 && known.Add(name)) names.Add(name);
        }
        return names.Count > 0 ? names : throw new BadDataException(
            new Problem("NO_SEQUENCES", "expected the name of a video on every line, found none") { File = file.Text });
    }

    private static string NameOf(string line)
    {
        string[] parts = line.Split(' ')[0].Split('/');
        return parts.Length > 1 ? parts[^2] : line;
    }
}
