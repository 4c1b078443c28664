using System.Text.RegularExpressions;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Coco;

/// <summary>Knows COCO files by their first records.</summary>
internal static partial class CocoRecognition
{
    private const int TailBytes = 1 << 16;
    private static readonly string[] Lists = ["images", "annotations"];

    /// <summary>What a file is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look) => look.Json switch
    {
        null => [],
        { IsList: true } list => list.First()?.Has("image_id") == true ? [Results(look)] : [],
        var json when IsCoco(json) => [Annotations(look, json)],
        var json when IsEmpty(json) =>
        [
            new Recognition(new CocoReader { Annotations = look.ToInput() }, Certainty.Likely,
                "lists 'images' and 'annotations' with nothing in them"),
        ],
        _ => [],
    };

    // A part of a dataset that has nothing of it, or an export of what nothing fits.
    private static bool IsEmpty(JsonHead json) => json.Fault is null && Lists.All(json.Members.Contains) &&
        Lists.All(list => json.First(list) is null);

    private static bool IsCoco(JsonHead json)
    {
        if (AnnotationOf(json) is { } annotation) return !annotation.Has("segments_info");
        return json.First("images") is { } image && image.Has("id") &&
            (image.Has("file_name") || image.Has("coco_url"));
    }

    // The first one may reach beyond the beginning, or what is no JSON may stand in it.
    private static JsonHead.Record? AnnotationOf(JsonHead json) =>
        json.First("annotations") is { } first && first.Has("image_id") ? first : null;

    private static Recognition Annotations(PathLook look, JsonHead json)
    {
        JsonHead.Record? annotation = AnnotationOf(json);
        var reader = new CocoReader
        {
            Annotations = look.ToInput(),
            Images = PictureSearch.FolderOf(look, PictureNames(look, json)),
        };
        if (annotation is null)
            return new Recognition(reader, Certainty.Likely,
                "a list 'images', and no annotation with an 'image_id' near the beginning");
        if (!annotation.Has("segmentation") && !annotation.Has("bbox"))
            return new Recognition(reader, Certainty.Likely, "annotations with an 'image_id', without shapes");
        // Keypoints have the shapes of the instances file that lies beside them, of one category.
        return annotation.Has("keypoints")
            ? new Recognition(reader, Certainty.Likely, "annotations with an 'image_id' and keypoints")
            : new Recognition(reader, Certainty.Sure, "annotations with an 'image_id'");
    }

    private static Recognition Results(PathLook look)
    {
        var truth = JsonFilesNearby.Only(look,
            json => IsCoco(json) && json.First("annotations")?.Has("caption") != true);
        var reader = new CocoReader { Annotations = look.ToInput(), GroundTruth = truth };
        return new Recognition(reader, Certainty.Possible, "a list of results with an 'image_id'")
        {
            Missing = truth is null
                ? "a list of results needs the file that has its images and categories: ground_truth=FILE"
                : null,
        };
    }

    // Where the annotations come first, the images stand at the end.
    private static string[] PictureNames(PathLook look, JsonHead json)
    {
        var names = json.Records("images").Select(i => i.Texts.GetValueOrDefault("file_name")).OfType<string>();
        if (json.Records("images").Count == 0)
            names = FileName().Matches(look.Tail(TailBytes)).Select(m => m.Groups[1].Value);
        return [.. names];
    }

    [GeneratedRegex("\"file_name\"\\s*:\\s*\"([^\"\\\\]+)\"")]
    private static partial Regex FileName();
}
