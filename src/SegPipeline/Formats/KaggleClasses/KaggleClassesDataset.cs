using System.Collections.Immutable;
using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleClasses;

/// <summary>A folder of class folders that is open for reading.</summary>
internal sealed class KaggleClassesDataset : OpenDataset
{
    private const long CostBytes = 4096;

    private readonly FolderListing _listing;
    private readonly ListedFile[] _photos;
    private readonly int[] _categories;
    private readonly RecordId[] _ids;
    private readonly ClassInstance _instance;

    private KaggleClassesDataset(FolderListing listing, ListedFile[] photos, ClassInstance instance)
    {
        _listing = listing;
        _photos = photos;
        _instance = instance;
        _categories = new int[photos.Length];
        ImmutableArray<Category> categories = Classify();
        _ids = [.. categories.Select(c => c.Id)];
        Info = new DatasetInfo { Kind = SampleKind.Image, Taxonomy = new Taxonomy(categories, IsDeclared: true) };
        Plan = Array.ConvertAll(photos, photo => new PlanEntry(photo.Name, CostBytes));
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles => [];

    /// <summary>Lists the folder of a reader.</summary>
    public static KaggleClassesDataset Open(KaggleClassesReader stage, StageContext context)
    {
        FolderListing listing = FolderListing.Of(stage.Root, new ListingOptions
        {
            MaxDepth = 1,
            Extensions = stage.Extensions,
        });
        ListedFile[] photos = [.. listing.Files.Where(file => !file.Folder.IsEmpty)];
        listing.Report(context.Warn);
        int loose = listing.Files.Count - photos.Length;
        if (photos.Length == 0) throw NoClasses(stage, listing, loose);
        if (loose > 0)
            context.Warn($"passed over {Counted.Of(loose, "photo")} in '{listing.FolderName}' itself, of no class");
        return new KaggleClassesDataset(listing, photos, stage.Instance);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FilesOf(int index) => [_listing.PathOf(_photos[index])];

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        ListedFile file = _photos[index];
        var photo = new PhotoFile(_listing.PathOf(file));
        PhotoHeader header = PhotoHeader.Read(photo, photo.FilePath);
        return new Sample
        {
            Key = file.Name,
            Frames = [new Frame(file.Name, header.WidthPx, header.HeightPx) { Photo = photo }],
            Instances = _instance == ClassInstance.None ? [] : [WholeImage(_ids[_categories[index]], header)],
        };
    }

    private static Instance WholeImage(RecordId category, PhotoHeader header) => new()
    {
        CategoryId = category,
        IsCrowd = false,
        Segmentations = [Segmentation.EmptyList],
        Boxes = [new Box(0, 0, header.WidthPx, header.HeightPx)],
        AreasPx = [(double)header.WidthPx * header.HeightPx],
    };

    /// <summary>Numbers the classes from 1 in ordinal order; files of a folder stand next to each other.</summary>
    private ImmutableArray<Category> Classify()
    {
        var numbers = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        List<int> members = [];
        for (int i = 0; i < _photos.Length; i++)
        {
            if (i == 0 || !_photos[i].Folder.SequenceEqual(_photos[i - 1].Folder))
                numbers.Add(_photos[i].Folder.ToString(), members = []);
            members.Add(i);
        }
        var categories = ImmutableArray.CreateBuilder<Category>(numbers.Count);
        foreach (var (name, photos) in numbers)
        {
            foreach (int photo in photos) _categories[photo] = categories.Count;
            categories.Add(new Category(new RecordId(categories.Count + 1L), name));
        }
        return categories.ToImmutable();
    }

    private static BadDataException NoClasses(KaggleClassesReader stage, FolderListing listing, int loose)
    {
        string found = loose > 0 ? Counted.Of(loose, "photo") + " without one"
            : listing.PassedOver.ContainsKey(PassedOver.DeeperFolder) ? "only folders within folders"
            : "none";
        return new BadDataException(new Problem("NO_CLASSES", $"expected photos in class folders, found {found}")
        {
            File = stage.Root.Text,
            Remedy = "name the folder whose folders are the classes",
        });
    }
}
