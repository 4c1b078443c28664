using SegPipeline.Imaging;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Holds the size of a label image against what it belongs to.</summary>
internal static class LabelSize
{
    /// <summary>Compares two sizes.</summary>
    /// <param name="place">What messages call the label image.</param>
    /// <param name="heightPx">Its height.</param>
    /// <param name="widthPx">Its width.</param>
    /// <param name="other">What it belongs to: <c>its picture</c>.</param>
    /// <param name="otherHeightPx">The height of that.</param>
    /// <param name="otherWidthPx">The width of that.</param>
    /// <exception cref="BadDataException"><c>FRAME_SIZE</c>: they differ.</exception>
    public static void Check(
        string place, int heightPx, int widthPx, string other, int otherHeightPx, int otherWidthPx)
    {
        if (heightPx == otherHeightPx && widthPx == otherWidthPx) return;
        throw new BadDataException(new Problem("FRAME_SIZE",
            $"{other} is {otherWidthPx}x{otherHeightPx} (width x height), this is {widthPx}x{heightPx}")
        {
            File = place,
            Remedy = "correct the mask; it is never resized silently",
        });
    }

    /// <summary>Compares with the header of the picture.</summary>
    /// <param name="place">What messages call the label image.</param>
    /// <param name="heightPx">Its height.</param>
    /// <param name="widthPx">Its width.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="name">What messages call it.</param>
    public static void CheckPicture(string place, int heightPx, int widthPx, Photo picture, string name)
    {
        PhotoHeader header = PhotoHeader.Read(picture, name);
        Check(place, heightPx, widthPx, "its picture", header.HeightPx, header.WidthPx);
    }
}
