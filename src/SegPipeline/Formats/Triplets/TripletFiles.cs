using SegPipeline.Model;

namespace SegPipeline.Formats.Triplets;

/// <summary>The files of a folder of triplets, by what they are and by name.</summary>
internal sealed class TripletFiles
{
    private readonly TripletsReader _stage;

    private TripletFiles(TripletsReader stage)
    {
        _stage = stage;
        Listing = FolderListing.Of(stage.Root, new ListingOptions
        {
            MaxDepth = 0,
            Extensions = [".png", ".jpg", ".jpeg"],
            EmptyFiles = EmptyFiles.List,
        });
        foreach (ListedFile file in Listing.Files) Sort(file);
    }

    /// <summary>The folder.</summary>
    public FolderListing Listing { get; }

    /// <summary>The pictures.</summary>
    public Dictionary<string, ListedFile> Pictures { get; } = new(StringComparer.Ordinal);

    /// <summary>The true masks.</summary>
    public SortedDictionary<string, ListedFile> Gt { get; } = new(StringComparer.Ordinal);

    /// <summary>The other masks.</summary>
    public SortedDictionary<string, ListedFile> Seg { get; } = new(StringComparer.Ordinal);

    /// <summary>Pictures and PNGs that are none of these.</summary>
    public List<string> Others { get; } = [];

    /// <summary>The names of all objects, in ordinal order.</summary>
    public IEnumerable<string> Names => Gt.Keys.Union(Seg.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Lists the folder of a reader.</summary>
    /// <exception cref="BadDataException">It is missing, or an object has two pictures.</exception>
    public static TripletFiles Of(TripletsReader stage) => new(stage);

    private void Sort(ListedFile file)
    {
        string stem = file.Name[..^file.Extension.Length];
        bool isPng = file.Extension.Equals(".png", StringComparison.OrdinalIgnoreCase);
        if (Ends(stem, _stage.ImageSuffix, out string name)) Add(Pictures, name, file);
        else if (isPng && Ends(stem, _stage.GtSuffix, out name)) Add(Gt, name, file);
        else if (isPng && Ends(stem, _stage.SegSuffix, out name)) Add(Seg, name, file);
        else Others.Add(file.Name);
    }

    private static bool Ends(string stem, string suffix, out string name)
    {
        bool ends = stem.Length > suffix.Length && stem.EndsWith(suffix, StringComparison.Ordinal);
        name = ends ? stem[..^suffix.Length] : "";
        return ends;
    }

    private void Add(IDictionary<string, ListedFile> files, string name, ListedFile file)
    {
        if (files.TryAdd(name, file)) return;
        throw new BadDataException(new Problem("DUPLICATE_IMAGE",
            $"expected one file, found '{files[name].Name}' and '{file.Name}'")
        {
            File = _stage.Root.Text,
            Record = name,
            Remedy = "remove one of them",
        });
    }
}
