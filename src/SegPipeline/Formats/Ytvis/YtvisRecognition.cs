using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Ytvis;

/// <summary>Knows YouTube-VIS files by their videos and the lists of shapes of their annotations.</summary>
internal static class YtvisRecognition
{
    /// <summary>What a file is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look) => look.Json switch
    {
        null => [],
        { IsList: true } list => list.First()?.Has("video_id", "segmentations") == true ? [Results(look)] : [],
        var json => IsYtvis(json) ? [Annotations(look, json)] : [],
    };

    private static bool IsYtvis(JsonHead json) => json.First("videos")?.Has("file_names") == true ||
        json.First("annotations")?.Has("video_id", "segmentations") == true;

    private static Recognition Annotations(PathLook look, JsonHead json)
    {
        string[] names =
        [
            .. json.Records("videos").Select(v => v.Texts.GetValueOrDefault("file_names")).OfType<string>()
                .Select(n => NameParts.Last(n.Replace('\\', '/'), 2)),
        ];
        var reader = new YtvisReader { Annotations = look.ToInput(), Frames = PictureSearch.FolderOf(look, names) };
        return new Recognition(reader, Certainty.Sure, "videos with 'file_names'");
    }

    private static Recognition Results(PathLook look)
    {
        var truth = JsonFilesNearby.Only(look, IsYtvis);
        var reader = new YtvisReader { Annotations = look.ToInput(), GroundTruth = truth };
        return new Recognition(reader, Certainty.Possible, "a list of results with a 'video_id'")
        {
            Missing = truth is null
                ? "a list of results needs the file that has its videos and categories: ground_truth=FILE"
                : null,
        };
    }
}
