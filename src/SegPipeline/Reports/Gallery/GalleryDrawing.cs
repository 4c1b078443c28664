using System.Collections.Immutable;
using SegPipeline.Engine.Figures;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Reports.Gallery;

/// <summary>
/// Makes small pictures of the samples that a run shows. A picture or shape that cannot be drawn is told on the page
/// and never ends a run.
/// </summary>
internal sealed class GalleryDrawing
{
    /// <summary>Most pictures of a report.</summary>
    public const int MostPictures = 24;

    private const int LongestPx = 320;
    private const int JpegQuality = 78;

    private readonly List<GalleryPicture> _pictures = [];
    private readonly PhotoCodecs _codecs = PhotoCodecs.Of(JpegLibrary.Imagesharp, JpegQuality);

    /// <summary>The pictures so far.</summary>
    public IReadOnlyList<GalleryPicture> Pictures => _pictures;

    /// <summary>Draws a sample.</summary>
    public void Add(ShownSample shown)
    {
        Sample sample = shown.Sample;
        if (sample.Frames.IsEmpty) return;
        int frame = FullestFrame(sample);
        Frame picture = sample.Frames[frame];
        var trouble = new List<string>();
        SmallPhoto? photo = SmallPhoto.Of(picture, LongestPx, _codecs, trouble.Add);
        (int width, int height) = photo?.SizePx ?? SmallPhoto.Fit(picture.WidthPx, picture.HeightPx, LongestPx);
        if (width == 0) return;
        ImmutableArray<GalleryShape> shapes = photo is { FitsRecord: false }
            ? []
            : new ShapeOutlines(shown.Info, sample, frame, width, height).Draw(trouble.Add);
        _pictures.Add(new GalleryPicture(sample.Key, shown.Stage, width, height, shapes)
        {
            Photo = photo?.File,
            Caption = Caption(sample, frame),
            Trouble = trouble.Count == 0 ? null : string.Join("; ", trouble.Distinct(StringComparer.Ordinal)),
        });
    }

    private static string Caption(Sample sample, int frame)
    {
        Frame picture = sample.Frames[frame];
        string size = picture.WidthPx > 0
            ? FormattableString.Invariant($"{picture.WidthPx} x {picture.HeightPx}")
            : "size not stated";
        int count = sample.Instances.Length;
        string objects = Html.Count(count, "instance");
        return sample.Frames.Length == 1
            ? $"{size}, {objects}"
            : $"{size}, frame {frame + 1} of {sample.Frames.Length}, {objects}";
    }

    private static int FullestFrame(Sample sample)
    {
        if (sample.Frames.Length == 1) return 0;
        int[] objects = new int[sample.Frames.Length];
        foreach (Instance instance in sample.Instances)
        {
            ImmutableArray<SegmentationForm> forms = FormsOf(instance);
            for (int f = 0; f < Math.Min(forms.Length, objects.Length); f++)
                if (forms[f] > SegmentationForm.EmptyList) objects[f]++;
        }
        return Array.IndexOf(objects, objects.Max());
    }

    private static ImmutableArray<SegmentationForm> FormsOf(Instance instance)
    {
        try
        {
            return instance.Forms;
        }
        catch (BadDataException)
        {
            return [];
        }
    }
}
