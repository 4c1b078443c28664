using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Voc;

/// <summary>Finds the images of a VOC folder from names alone.</summary>
internal sealed class VocList
{
    private static readonly string[] PictureExtensions = [".jpg", ".jpeg", ".png"];

    private readonly VocReader _stage;

    private VocList(VocReader stage, Action<string> warn)
    {
        _stage = stage;
        Classes = List(stage.ClassesDir, [".png"], warn);
        Objects = stage.Of == VocInstances.Objects ? List(stage.ObjectsDir, [".png"], warn) : null;
        Pictures = Directory.Exists(FolderOf(stage.ImagesDir).FullPath)
            ? List(stage.ImagesDir, PictureExtensions, warn)
            : null;
    }

    /// <summary>The class masks.</summary>
    public FolderListing Classes { get; }

    /// <summary>The object masks; null when nobody asked for them.</summary>
    public FolderListing? Objects { get; }

    /// <summary>The pictures; null when there is no folder of them.</summary>
    public FolderListing? Pictures { get; }

    /// <summary>The images, in the order of the set, or of the names of their masks.</summary>
    public IReadOnlyList<VocEntry> Entries { get; private set; } = [];

    /// <summary>File with the names of the set; null when no set is asked for.</summary>
    public InputPath? SetFile => _stage.Set is { } set ? FolderOf($"ImageSets/Segmentation/{set}.txt") : null;

    /// <summary>Lists the folders of a reader.</summary>
    /// <exception cref="BadDataException">A folder or the set is missing.</exception>
    public static VocList Of(VocReader stage, Action<string> warn)
    {
        var list = new VocList(stage, warn);
        var classes = FileStems.Of(list.Classes);
        var objects = FileStems.Of(list.Objects);
        var pictures = FileStems.Of(list.Pictures);
        IReadOnlyList<string> names = list.SetFile is { } file ? ReadSet(file, classes.ContainsKey) : [.. classes.Keys];
        list.Entries = [.. names.Select(name => list.EntryOf(name, classes, objects, pictures))];
        string[] without = [.. pictures.Keys.Where(name => !classes.ContainsKey(name))];
        if (stage.Set is null && without.Length > 0)
            warn($"passed over {Counted.Of(without.Length, "picture")} of '{list.FolderOf(stage.ImagesDir)}' " +
                $"without a mask; the first is '{without[0]}'");
        return list;
    }

    /// <summary>Something within the root.</summary>
    public InputPath FolderOf(string name) => new($"{_stage.Root}/{name}", _stage.Root.FullPath + "/" + name);

    private FolderListing List(string folder, IReadOnlyList<string> extensions, Action<string> warn)
    {
        FolderListing listing = FolderListing.Of(FolderOf(folder),
            new ListingOptions { MaxDepth = 0, Extensions = extensions, EmptyFiles = EmptyFiles.List });
        listing.Report(warn);
        return listing;
    }

    private static List<string> ReadSet(InputPath file, Predicate<string> isName)
    {
        using FileRent bytes = FileRent.Read(file.FullPath, file.Text);
        using var text = new StreamReader(new MemoryStream(bytes.Bytes.ToArray()));
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (text.ReadLine() is { } line)
        {
            // Lists of the detection tasks have a mark behind the name, and names can have blanks.
            string name = line.Trim();
            if (!isName(name)) name = name.Split(' ')[0];
            if (name.Length > 0 && known.Add(name)) names.Add(name);
        }
        return names.Count > 0 ? names : throw new BadDataException(
            new Problem("EMPTY_SET", "expected the name of an image on every line, found none") { File = file.Text });
    }

    private VocEntry EntryOf(
        string name, Dictionary<string, ListedFile> classes, Dictionary<string, ListedFile> objects,
        Dictionary<string, ListedFile> pictures)
    {
        var entry = new VocEntry(name, Find(classes, name), Find(objects, name), Find(pictures, name));
        string? missing = entry.Classes is null ? $"a mask in {_stage.ClassesDir}"
            : Objects is not null && entry.Objects is null ? $"a mask in {_stage.ObjectsDir}"
            : Pictures is not null && entry.Picture is null ? $"a picture in {_stage.ImagesDir}"
            : null;
        return missing is null ? entry : entry with
        {
            Problem = new Problem("FILE_MISSING", $"expected {missing}, found none")
            {
                File = _stage.Root.Text,
                Record = $"image {name}",
                Remedy = "add it, or take the image out of the set",
            },
        };
    }

    private static ListedFile? Find(Dictionary<string, ListedFile> files, string name) =>
        files.TryGetValue(name, out ListedFile file) ? file : null;
}
