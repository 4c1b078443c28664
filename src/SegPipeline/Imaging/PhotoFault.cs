using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>What can be wrong with the file of a photo.</summary>
internal static class PhotoFault
{
    /// <summary>The bytes are no photo, or a damaged one.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="byteOffset">Where in the file; null when it is not known.</param>
    /// <param name="inner">What revealed it.</param>
    public static BadDataException Format(string file, string message, long? byteOffset = null, Exception? inner = null)
    {
        var problem = new Problem("MEDIA_FORMAT", message)
        {
            File = file,
            ByteOffset = byteOffset,
            Remedy = "replace the file",
        };
        return inner is null ? new BadDataException(problem) : new BadDataException(problem, inner);
    }

    /// <summary>The file is not there or cannot be read.</summary>
    public static BadDataException Missing(string path, Exception cause) =>
        new(new Problem("MEDIA_MISSING", "the picture cannot be opened: " + (cause is FileNotFoundException
            or DirectoryNotFoundException ? "it does not exist" : cause.Message.TrimEnd('.')))
        {
            File = path,
            Remedy = "check the reader's 'images' folder",
        }, cause);

    /// <summary>The picture is not of the size that the dataset says.</summary>
    public static BadDataException OtherSize(string file, Frame frame, PhotoHeader header) =>
        new(new Problem("MEDIA_SIZE",
            $"the dataset says {frame.WidthPx}x{frame.HeightPx}, the picture is {header.WidthPx}x{header.HeightPx}")
        {
            File = file,
            Remedy = "put verify_media before, to reject the sample or to correct its size",
        });

    /// <summary>Refuses a picture that would take too much memory.</summary>
    /// <exception cref="BadDataException">It has more than <see cref="RgbPixels.MaxPixels"/> pixels.</exception>
    public static void CheckSize(string file, int widthPx, int heightPx)
    {
        if ((long)widthPx * heightPx > RgbPixels.MaxPixels)
            throw new BadDataException(new Problem("MEDIA_SIZE",
                $"the picture is {widthPx}x{heightPx}, at most {RgbPixels.MaxPixels} pixels are decoded")
            {
                File = file,
                Remedy = "reduce the picture, or copy it without decoding",
            });
    }
}
