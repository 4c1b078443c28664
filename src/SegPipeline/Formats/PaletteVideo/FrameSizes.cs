using SegPipeline.Imaging;
using SegPipeline.Model;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Compares the sizes of masks, pictures and meta file of a video.</summary>
/// <param name="stage">The reader.</param>
/// <param name="files">Its files.</param>
/// <param name="warn">Told of masks that are left out.</param>
internal sealed class FrameSizes(PaletteReader stage, VideoList files, Action<string> warn)
{
    /// <summary>The size of a video; masks of another one are taken out, or the video is bad.</summary>
    /// <exception cref="BadDataException">Sizes differ (<c>FRAME_SIZE</c>).</exception>
    public (int HeightPx, int WidthPx) Check(VideoEntry video, DecodedVideo decoded, MetaVideo? meta)
    {
        (int HeightPx, int WidthPx) size = decoded.UsualSize();
        string of = "most masks of the video are";
        for (int i = 0; i < video.Frames.Length; i++)
        {
            if (!IsChecked(i) || video.Frames[i].Picture is not { } picture) continue;
            PhotoHeader header = PhotoHeader.Read(new PhotoFile(files.PictureFiles!.PathOf(picture)), NameOf(picture));
            if (i == 0) (size, of) = ((header.HeightPx, header.WidthPx), "the pictures are");
            else if (size != (header.HeightPx, header.WidthPx))
                throw Differs(NameOf(picture), (header.HeightPx, header.WidthPx), of, size, "replace the picture");
        }
        if (meta is { HeightPx: { } height, WidthPx: { } width } && (height, width) != size)
            throw Differs(stage.Masks + "/" + video.Name, size, $"'{stage.Meta}' says", (height, width),
                "correct the meta file");
        for (int i = 0; i < decoded.Masks.Length; i++) Check(video.Frames[i], ref decoded.Masks[i], of, size);
        return size;
    }

    private bool IsChecked(int frame) =>
        stage.CheckPictures == CheckPictures.All || (stage.CheckPictures == CheckPictures.First && frame == 0);

    private void Check(FrameFiles frame, ref DecodedMask? mask, string of, (int HeightPx, int WidthPx) size)
    {
        if (mask is null || (mask.HeightPx, mask.WidthPx) == size) return;
        string name = stage.Masks + "/" + frame.Mask!.Value.Name;
        BadDataException fault = Differs(name, (mask.HeightPx, mask.WidthPx), of, size,
            "correct the mask, or set odd_sizes: skip to leave such masks out");
        if (stage.OddSizes == OddSizes.Fail) throw fault;
        warn($"{name} is left out: {fault.Problems[0].Message}");
        mask = null;
    }

    private string NameOf(ListedFile picture) => stage.Frames + "/" + picture.Name;

    private static BadDataException Differs(
        string file, (int HeightPx, int WidthPx) found,
        string of, (int HeightPx, int WidthPx) expected, string remedy) => new(new Problem("FRAME_SIZE",
            $"{of} {expected.WidthPx}x{expected.HeightPx} (width x height), this is {found.WidthPx}x{found.HeightPx}")
        {
            File = file,
            Remedy = remedy,
        });
}
