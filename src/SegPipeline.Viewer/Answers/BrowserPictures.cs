using SegPipeline.Imaging;

namespace SegPipeline.Viewer.Answers;

/// <summary>Which pictures browsers show.</summary>
internal static class BrowserPictures
{
    /// <summary>The media type of a format; null when browsers do not show it.</summary>
    public static string? TypeOf(PhotoFormat format) => format switch
    {
        PhotoFormat.Jpeg => "image/jpeg",
        PhotoFormat.Png => "image/png",
        PhotoFormat.WebP => "image/webp",
        PhotoFormat.Bmp => "image/bmp",
        _ => null,
    };

    /// <summary>What is said in the place of a picture that browsers do not show.</summary>
    public static string Unshown(PhotoFormat format) =>
        $"the photo is a {format.ToString().ToUpperInvariant()}, which browsers do not show, so the masks stand " +
        "alone; a copy of it as JPEG or PNG would be shown";
}
