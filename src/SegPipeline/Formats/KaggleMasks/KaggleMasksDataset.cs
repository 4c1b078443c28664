using System.Collections.Immutable;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleMasks;

/// <summary>Folders of masks that are open for reading.</summary>
internal sealed class KaggleMasksDataset : OpenDataset
{
    private const long MaskCostBytes = 1 << 14;
    private const string NameMember = "mask_name";

    private static readonly string[] PictureExtensions = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"];
    private static readonly RecordId CategoryId = new(1);

    private readonly KaggleMasksReader _stage;
    private readonly StageContext _context;
    private readonly FolderListing _listing;
    private readonly MaskFolder[] _folders;

    private KaggleMasksDataset(KaggleMasksReader stage, StageContext context)
    {
        _stage = stage;
        _context = context;
        _listing = FolderListing.Of(stage.Root, new ListingOptions
        {
            MaxDepth = 2,
            Extensions = PictureExtensions,
            EmptyFiles = EmptyFiles.List,
        });
        _listing.Report(context.Warn);
        _folders = Sort(out int others);
        if (_folders.Length == 0)
            throw new BadDataException(new Problem("NO_MASK_FOLDERS",
                "expected folders ID/images and ID/masks, found " +
                (others > 0 ? Counted.Of(others, "file") + " in none" : "none"))
            {
                File = stage.Root.Text,
                Remedy = "name the folder whose folders are the images, e.g. stage1_train",
            });
        Report(others);
        Info = new DatasetInfo
        {
            Kind = SampleKind.Image,
            Taxonomy = new Taxonomy([new Category(CategoryId, stage.Category)], IsDeclared: true),
        };
        Plan = [.. _folders.Select(f => new PlanEntry(f.Id, MaskCostBytes * (1 + f.Masks.Count)))];
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles =>
        [.. _folders.SelectMany(f => f.Masks).Select(_listing.PathOf)];

    /// <summary>Lists the folder of a reader; opens no picture.</summary>
    public static KaggleMasksDataset Open(KaggleMasksReader stage, StageContext context) => new(stage, context);

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FilesOf(int index)
    {
        MaskFolder folder = _folders[index];
        return [.. folder.Masks.Append(folder.Picture(_stage.Root.Text)).Select(_listing.PathOf)];
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        MaskFolder folder = _folders[index];
        ListedFile picture = folder.Picture(_stage.Root.Text);
        var photo = new PhotoFile(_listing.PathOf(picture));
        PhotoHeader header = PhotoHeader.Read(photo, PlaceOf(picture));
        ImmutableArray<Mask> masks = [.. folder.Masks.Select(file => MaskOf(file, header))];
        MaskOddities.Of(masks).Report(folder.Id, _context.Warn);
        return new Sample
        {
            Key = folder.Id,
            Frames = [new Frame(picture.Name, header.WidthPx, header.HeightPx) { Photo = photo }],
            Instances = [.. folder.Masks.Zip(masks, InstanceOf)],
        };
    }

    private Mask MaskOf(ListedFile file, PhotoHeader picture)
    {
        string place = PlaceOf(file);
        BinaryMaskFile mask = BinaryMaskFile.Read(_listing.PathOf(file), place, _stage.Threshold);
        LabelSize.Check(place, mask.Mask.HeightPx, mask.Mask.WidthPx, "its picture",
            picture.HeightPx, picture.WidthPx);
        mask.Report(place, _listing.FolderName, _stage.Threshold, _context.Warn);
        return mask.Mask;
    }

    private static Instance InstanceOf(ListedFile file, Mask mask) => new()
    {
        CategoryId = CategoryId,
        Segmentations = [new MaskSegmentation(mask, SegmentationForm.LabelRegion)],
        ExtraMembers = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(
            NameMember, RecordId.FromString(Path.GetFileNameWithoutExtension(file.FileName).ToString()).JsonText),
    };

    private MaskFolder[] Sort(out int others)
    {
        var folders = new SortedDictionary<string, MaskFolder>(StringComparer.Ordinal);
        others = 0;
        foreach (ListedFile file in _listing.Files)
        {
            string[] parts = file.Name.Split('/');
            bool isMask = parts is [_, "masks", _] && file.Extension.Equals(".png", StringComparison.OrdinalIgnoreCase);
            if (!isMask && parts is not [_, "images", _])
            {
                others++;
                continue;
            }
            if (!folders.TryGetValue(parts[0], out MaskFolder? folder))
                folders.Add(parts[0], folder = new MaskFolder(parts[0]));
            if (isMask) folder.Masks.Add(file);
            else folder.AddPicture(file);
        }
        return [.. folders.Values];
    }

    private void Report(int others)
    {
        int without = _folders.Count(f => f.Masks.Count == 0);
        if (without > 0)
            _context.Warn($"{without} of {Counted.Of(_folders.Length, "image")} in '{_listing.FolderName}' " +
                $"without masks; the first is '{_folders.First(f => f.Masks.Count == 0).Id}'");
        others += _folders.Sum(f => f.OtherPictures);
        if (others > 0)
            _context.Warn($"passed over {Counted.Of(others, "picture")} in '{_listing.FolderName}', " +
                "neither ID/images/ID nor PNGs in ID/masks");
    }

    private string PlaceOf(ListedFile file) => $"{_stage.Root}/{file.Name}";
}
