using SegPipeline.Model;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>Finds the images of a dataset from names alone.</summary>
internal sealed class LabelMapList
{
    private static readonly string[] PictureExtensions = [".jpg", ".jpeg", ".png"];

    private LabelMapList(FolderListing labels, FolderListing? pictures) => (Labels, Pictures) = (labels, pictures);

    /// <summary>The label images.</summary>
    public FolderListing Labels { get; }

    /// <summary>The pictures; null when there is no folder of them.</summary>
    public FolderListing? Pictures { get; }

    /// <summary>The images, in ordinal order of their names without extension.</summary>
    public IReadOnlyList<LabelMapEntry> Entries { get; private set; } = [];

    /// <summary>Lists the folders of a reader.</summary>
    /// <exception cref="BadDataException">A folder is missing or has no label image, or two files have one
    /// name.</exception>
    public static LabelMapList Of(LabelMapsReader stage, Action<string> warn)
    {
        FolderListing labels = FolderListing.Of(stage.Labels,
            new ListingOptions { Extensions = [".png"], EmptyFiles = EmptyFiles.List });
        labels.Report(warn);
        FolderListing? pictures = stage.Images is null ? null
            : FolderListing.Of(stage.Images, new ListingOptions { Extensions = PictureExtensions });
        pictures?.Report(warn);
        var list = new LabelMapList(labels, pictures);
        list.Match(stage, warn);
        return list;
    }

    private void Match(LabelMapsReader stage, Action<string> warn)
    {
        Dictionary<string, ListedFile> labels = FileStems.Of(Labels, stage.LabelSuffix);
        if (labels.Count == 0) throw NoLabels(stage);
        int others = Labels.Files.Count - labels.Count;
        if (others > 0)
            warn($"passed over {others} of {Counted.Of(Labels.Files.Count, "PNG")} in " +
                $"'{Labels.FolderName}', whose names do not end in '{stage.LabelSuffix}'");
        Dictionary<string, ListedFile> pictures = FileStems.Of(Pictures, stage.ImageSuffix);
        // Where both lie in one folder, a label image is no picture.
        var labelPaths = labels.Values.Select(Labels.PathOf).ToHashSet(StringComparer.Ordinal);
        foreach ((string stem, ListedFile file) in pictures)
            if (labelPaths.Contains(Pictures!.PathOf(file))) pictures.Remove(stem);
        Entries = [.. labels.Keys.Union(pictures.Keys, UnicodeForm.Comparer).Order(StringComparer.Ordinal)
            .Select(stem => EntryOf(stage, stem, labels, pictures))];
        if (stage.Unmatched == Unmatched.Skip) Skip(warn);
    }

    private LabelMapEntry EntryOf(
        LabelMapsReader stage, string stem, Dictionary<string, ListedFile> labels,
        Dictionary<string, ListedFile> pictures)
    {
        var entry = new LabelMapEntry(stem, Find(labels, stem), Find(pictures, stem));
        bool lacksPicture = Pictures is not null && entry.Picture is null;
        if (entry.Labels is not null && !lacksPicture) return entry;
        return entry with
        {
            Problem = new Problem("FILE_MISSING", lacksPicture
                ? $"expected a picture of '{entry.Labels!.Value.Name}', found none"
                : $"expected a label image of '{entry.Picture!.Value.Name}', found none")
            {
                File = lacksPicture ? stage.Images!.Text : stage.Labels.Text,
                Remedy = "add it, or set unmatched: skip",
            },
        };
    }

    private void Skip(Action<string> warn)
    {
        Tell(Entries.Where(e => e.Labels is null).Select(e => e.Picture!.Value.Name), "picture", "without labels");
        Tell(Entries.Where(e => e.Picture is null && e.Problem is not null).Select(e => e.Labels!.Value.Name),
            "label image", "without a picture");
        Entries = [.. Entries.Where(e => e.Problem is null)];

        void Tell(IEnumerable<string> names, string thing, string what)
        {
            string[] all = [.. names];
            if (all.Length > 0) warn($"passed over {Counted.Of(all.Length, thing)} {what}; the first is '{all[0]}'");
        }
    }

    private BadDataException NoLabels(LabelMapsReader stage) => new(new Problem("NO_LABELS",
        $"expected PNGs{(stage.LabelSuffix.Length > 0 ? $" whose names end in '{stage.LabelSuffix}'" : "")}, found " +
        $"none among {Counted.Of(Labels.Files.Count + Labels.PassedOver.Values.Sum(), "file")}")
    {
        File = stage.Labels.Text,
        Remedy = "name the folder of the label images",
    });

    private static ListedFile? Find(Dictionary<string, ListedFile> files, string stem) =>
        files.TryGetValue(stem, out ListedFile file) ? file : null;
}
