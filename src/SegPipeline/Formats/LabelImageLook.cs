using SegPipeline.Masks.Png;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats;

/// <summary>What sort of picture a folder has, told by the headers of its first files.</summary>
internal enum PictureSort
{
    /// <summary>There are no pictures.</summary>
    None,

    /// <summary>Indexed PNGs: nothing but labels is written like that.</summary>
    Indexed,

    /// <summary>Grey PNGs: labels or grey photos.</summary>
    Grey,

    /// <summary>Coloured PNGs, or files of another format: photos, mostly.</summary>
    Photos,
}

/// <summary>Tells label images from photos.</summary>
internal static class LabelImageLook
{
    private const int MostFiles = 4;
    private const int HeaderBytes = 64;
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"];

    /// <summary>Names of the files of a folder that are pictures by their extension.</summary>
    public static IEnumerable<string> PicturesIn(PathLook folder) => folder.FilesOf(Extensions);

    /// <summary>What sort of picture a folder has: the least telling of its first files counts.</summary>
    public static PictureSort SortOf(PathLook folder) => PicturesIn(folder).Take(MostFiles)
        .Select(f => folder.Child(f)).OfType<PathLook>().Select(SortOfFile).DefaultIfEmpty(PictureSort.None).Max();

    /// <summary>True when a folder has label images, or pictures that may be.</summary>
    public static bool MayHoldLabels(PathLook folder) => SortOf(folder) is PictureSort.Indexed or PictureSort.Grey;

    /// <summary>True when a folder has pictures, and all of them are PNGs: no photos, mostly, but labels in
    /// colours.</summary>
    public static bool HoldsPngs(PathLook folder) => PicturesIn(folder).Take(MostFiles).DefaultIfEmpty("")
        .All(f => f.EndsWith(".png", StringComparison.OrdinalIgnoreCase));

    private static PictureSort SortOfFile(PathLook file)
    {
        if (!file.Name.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) return PictureSort.Photos;
        byte[] head = file.Head(HeaderBytes);
        const int colorTypeAt = 25;
        if (head.Length <= colorTypeAt) return PictureSort.Photos;
        return (PngColorType)head[colorTypeAt] switch
        {
            PngColorType.Palette => PictureSort.Indexed,
            PngColorType.Grey => PictureSort.Grey,
            _ => PictureSort.Photos,
        };
    }
}
