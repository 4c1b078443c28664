namespace SegPipeline.Formats.Coco;

/// <summary>How images are named.</summary>
internal static class CocoNames
{
    /// <summary>
    /// What stands in for a missing file_name: the last two parts of coco_url, as LVIS means it; null when there are
    /// none.
    /// </summary>
    public static string? FromUrl(string url) => url.Length == 0 ? null : LastParts(url, 2);

    /// <summary>The last parts of a name with forward slashes.</summary>
    public static string LastParts(string name, int count)
    {
        int from = name.Length;
        while (count-- > 0 && from > 0) from = name.LastIndexOf('/', from - 1);
        return name[(from + 1)..];
    }
}
