using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Finds the videos of a reader from the names of files alone; nothing is opened.</summary>
internal sealed class VideoList
{
    private static readonly string[] PictureExtensions = [".jpg", ".jpeg", ".png"];

    private readonly PaletteReader _stage;
    private readonly Dictionary<string, List<ListedFile>> _masks;
    private readonly Dictionary<string, List<ListedFile>>? _pictures;

    private VideoList(PaletteReader stage, FolderListing masks, FolderListing? pictures, IReadOnlyList<string> names)
    {
        _stage = stage;
        _masks = ByFolder(masks);
        _pictures = pictures is null ? null : ByFolder(pictures);
        MaskFiles = masks;
        PictureFiles = pictures;
        Videos = [.. (names.Count > 0 ? names : [.. _masks.Keys]).Select(Entry)];
    }

    /// <summary>The files of masks.</summary>
    public FolderListing MaskFiles { get; }

    /// <summary>The files of pictures; null when the reader was given none.</summary>
    public FolderListing? PictureFiles { get; }

    /// <summary>The videos, in the order of the plan.</summary>
    public IReadOnlyList<VideoEntry> Videos { get; }

    /// <summary>Lists the folders of a reader.</summary>
    /// <exception cref="BadDataException">There is no such folder, or it has no masks.</exception>
    public static VideoList Of(PaletteReader stage, Action<string> warn)
    {
        // A file without bytes must be told of as a broken mask, not be taken for a frame without one.
        var options = new ListingOptions { MaxDepth = 1, EmptyFiles = EmptyFiles.List };
        FolderListing masks = FolderListing.Of(stage.Masks, options with { Extensions = [".png"] });
        FolderListing? pictures = stage.Frames is null
            ? null
            : FolderListing.Of(stage.Frames, options with { Extensions = PictureExtensions });
        IReadOnlyList<string> names =
            stage.SequencesFile is { } file ? SequenceNames.Read(file) : [.. stage.Sequences.Distinct()];
        if (!masks.Files.Any(f => f.Folder.Length > 0)) throw NoMasks(stage.Masks);
        masks.Report(warn);
        pictures?.Report(warn);
        var list = new VideoList(stage, masks, pictures, names);
        list.WarnOfStrays(warn, names.Count == 0);
        return list;
    }

    private static Dictionary<string, List<ListedFile>> ByFolder(FolderListing listing)
    {
        var folders = new Dictionary<string, List<ListedFile>>(StringComparer.Ordinal);
        var byName = folders.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ListedFile file in listing.Files)
        {
            if (file.Folder.Length == 0) continue;
            if (!byName.TryGetValue(file.Folder, out List<ListedFile>? files)) byName[file.Folder] = files = [];
            files.Add(file);
        }
        return folders;
    }

    private VideoEntry Entry(string name)
    {
        List<ListedFile>? pictures = null;
        if (_pictures is not null && !_pictures.TryGetValue(name, out pictures)) pictures = [];
        if (!_masks.TryGetValue(name, out List<ListedFile>? masks)) masks = [];
        bool needsMasks = pictures is not { Count: > 0 } || _stage.Unannotated == Unannotated.Drop;
        if (masks.Count == 0 && needsMasks) return Unknown(name);
        VideoEntry entry = FrameOrder.Arrange(name, masks, pictures);
        return _stage.Unannotated == Unannotated.Keep
            ? entry
            : entry with { Frames = [.. entry.Frames.Where(f => f.Mask is not null)] };
    }

    private VideoEntry Unknown(string name) => new(name, [])
    {
        Problem = new Problem("NO_SEQUENCE", $"expected a folder '{name}' with masks, found none")
        {
            File = _stage.Masks.Text,
            Remedy = DidYouMean.Hint(name, _masks.Keys) ?? "correct the list of sequences, or add the folder",
        },
    };

    private void WarnOfStrays(Action<string> warn, bool areAllWanted)
    {
        int loose = MaskFiles.Files.Count(f => f.Folder.Length == 0);
        if (loose > 0)
            warn($"passed over {Counted.Of(loose, "PNG")} in '{_stage.Masks}' itself and not in the folder of a video");
        if (!areAllWanted || _pictures is null) return;
        string[] without = [.. _pictures.Keys.Where(name => !_masks.ContainsKey(name))];
        if (without.Length > 0)
            warn($"passed over {Counted.Of(without.Length, "video")} of '{_stage.Frames}' without masks in " +
                $"'{_stage.Masks}'; the first is '{without[0]}'");
    }

    private static BadDataException NoMasks(InputPath folder)
    {
        string? below = Directory.EnumerateDirectories(folder.FullPath)
            .Where(d => Directory.EnumerateDirectories(d).Any())
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return new BadDataException(new Problem("NO_MASKS", "expected a folder of PNGs for each video, found none")
        {
            File = folder.Text,
            Remedy = below is null ? "name the folder that holds the videos' folders" : $"try '{folder}/{below}'",
        });
    }
}
