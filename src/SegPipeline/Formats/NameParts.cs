using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>The parts of file names that matter to somebody.</summary>
internal static class NameParts
{
    /// <summary>
    /// What stands in for a missing file_name: the last two parts of coco_url, as LVIS means it; null when there are
    /// none.
    /// </summary>
    public static string? FromUrl(string url) => url.Length == 0 ? null : Last(url, 2);

    /// <summary>The name by which a picture is looked up.</summary>
    /// <param name="name">File name with forward slashes.</param>
    /// <param name="findBy">Which part of it counts.</param>
    public static string Of(string name, PhotoLookup findBy) => findBy switch
    {
        PhotoLookup.LastTwoParts => Last(name, 2),
        PhotoLookup.LastPart => Last(name, 1),
        _ => name,
    };

    /// <summary>The last parts of a name with forward slashes.</summary>
    public static string Last(string name, int count)
    {
        int from = name.Length;
        while (count-- > 0 && from > 0) from = name.LastIndexOf('/', from - 1);
        return name[Math.Min(from + 1, name.Length)..];
    }

    /// <summary>The key of an image without folders, and without the extension of its picture when it has
    /// that.</summary>
    public static string KeyStem(Sample image)
    {
        string key = Last(image.Key.Replace('\\', '/'), 1), extension = Path.GetExtension(image.Frame.Name);
        bool hasExtension = extension.Length > 0 && key.Length > extension.Length &&
            key.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
        return hasExtension ? key[..^extension.Length] : key;
    }
}
