using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>Knows files of panoptic segmentations by their lists of segments.</summary>
internal static class PanopticRecognition
{
    /// <summary>What a file is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        if (look.Json is not { IsList: false } json) yield break;
        if (json.First("annotations")?.Has("segments_info") != true) yield break;
        string[] pictures = NamesIn(json, "images"), maps = NamesIn(json, "annotations");
        bool isNamed = look.Parent?.Folder(Path.GetFileNameWithoutExtension(look.Name)) is not null;
        InputPath? panoptic = isNamed ? null : PictureSearch.FolderOf(look, maps);
        yield return new Recognition(
            new CocoPanopticReader
            {
                Annotations = look.ToInput(),
                Panoptic = panoptic,
                Images = PictureSearch.FolderOf(look, pictures),
            },
            Certainty.Sure, "annotations with 'segments_info'")
        {
            Missing = isNamed || panoptic is not null
                ? null
                : "the folder of the PNGs was not found near the file: panoptic=FOLDER",
        };
    }

    private static string[] NamesIn(JsonHead json, string list) =>
        [.. json.Records(list).Select(r => r.Texts.GetValueOrDefault("file_name")).OfType<string>()];
}
