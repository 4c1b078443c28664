using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Pictures that a writer was asked to bring over.</summary>
internal static class WantedPicture
{
    /// <summary>The picture of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="transfer">How it is to get into the release; not <see cref="MediaTransfer.None"/>.</param>
    /// <exception cref="BadDataException"><c>NO_PICTURE</c>: it has none.</exception>
    public static Photo Of(Frame frame, MediaTransfer transfer) => frame.Photo ?? throw new BadDataException(
        new Problem("NO_PICTURE",
            $"'images: {transfer.ToString().ToLowerInvariant()}' needs the picture of every image, found none")
        {
            Record = $"image {frame.Name}",
            Remedy = "give the reader its folder of pictures, or set images: none",
        });
}
