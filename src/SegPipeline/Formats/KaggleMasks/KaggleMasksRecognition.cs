using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.KaggleMasks;

/// <summary>Knows a folder for each image by the folders <c>images</c> and <c>masks</c> in it.</summary>
internal static class KaggleMasksRecognition
{
    private const int MostFolders = 4;

    /// <summary>What a folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        PathLook[] folders = [.. look.Folders.Take(MostFolders).Select(look.Child).OfType<PathLook>()];
        PathLook[] images = [.. folders.Where(f => f.Folder("masks") is not null)];
        if (images.Length == 0) yield break;
        // Folders of sets, train/images and train/masks, look the same; there the picture is not named like its folder.
        bool isNamed = images.Any(f => f.Folder("images") is not { } i || i.Files.Count == 0 ||
            i.Files.Any(p => Path.GetFileNameWithoutExtension(p) == f.Name));
        if (!isNamed) yield break;
        yield return new Recognition(
            new KaggleMasksReader { Root = look.ToInput() }, Certainty.Sure, "a folder with 'masks' for each image");
    }
}
