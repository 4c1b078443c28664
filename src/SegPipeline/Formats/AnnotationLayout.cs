using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>The words in which annotation files of images (COCO) and of videos (YouTube-VIS) differ.</summary>
/// <param name="Sample">What a sample is called, which is also how its list and id members begin.</param>
/// <param name="Article">The article that the word needs.</param>
/// <param name="Kind">What its samples are.</param>
/// <param name="Advice">What to do about a file that has no list of samples.</param>
internal sealed record AnnotationLayout(string Sample, string Article, SampleKind Kind, string Advice)
{
    /// <summary>Files with a list <c>images</c>.</summary>
    public static AnnotationLayout Images { get; } = new(
        "image", "an", SampleKind.Image,
        "check that this is a COCO file of images and annotations; read.ytvis reads files of videos");

    /// <summary>Files with a list <c>videos</c>.</summary>
    public static AnnotationLayout Videos { get; } = new("video", "a", SampleKind.Video,
        "check that this is a YouTube-VIS file; read.coco reads files of images");

    /// <summary>Name of the list of samples.</summary>
    public string List { get; } = Sample + "s";

    /// <summary>Name of the member by which an annotation names its sample.</summary>
    public string IdMember { get; } = Sample + "_id";

    /// <summary>The word in codes of problems.</summary>
    public string Code { get; } = Sample.ToUpperInvariant();

    /// <summary>A sample, in messages: <c>an image</c>.</summary>
    public string One => $"{Article} {Sample}";
}
