using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Triplets;

/// <summary>A folder of triplets that is open for reading.</summary>
internal sealed class TripletsDataset : OpenDataset
{
    private const long LeastCostBytes = 1 << 20;

    // About how many bytes a mask takes while it is read: for each byte of its photo, and for each of its own.
    private const long CostPerPhotoByte = 8;
    private const long CostPerMaskByte = 256;

    private readonly TripletsReader _stage;
    private readonly TripletList _list;
    private readonly StageContext _context;

    private TripletsDataset(TripletsReader stage, StageContext context)
    {
        _stage = stage;
        _context = context;
        _list = TripletList.Of(stage, context.Warn);
        Info = new DatasetInfo { Kind = SampleKind.Image, Taxonomy = _list.Classes.Taxonomy };
        Plan = [.. _list.Samples.Select(s => new PlanEntry(s.Key, CostOf(s)))];
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles =>
    [
        .. new[] { _stage.Taxonomy }.OfType<InputPath>().Select(p => p.FullPath),
        .. _list.Samples.SelectMany(s => s.Objects).SelectMany(o => new[] { o.Gt, o.Seg })
            .Where(f => f is not null).Select(f => _list.Listing.PathOf(f!.Value)),
    ];

    /// <summary>Lists the folder of a reader; opens no picture.</summary>
    public static TripletsDataset Open(TripletsReader stage, StageContext context) => new(stage, context);

    /// <inheritdoc/>
    public override bool HasEvery(int port) => _list.Samples.All(s => s.Has(port));

    /// <inheritdoc/>
    public override bool HasAny(int port) => _list.Samples.Any(s => s.Has(port));

    /// <inheritdoc/>
    public override Sample Read(int index) => ReadPort(index, port: 0) ?? throw new BadDataException(
        new Problem("FILE_MISSING", "expected a true mask, found none")
        {
            File = _stage.Root.Text,
            Record = _list.Samples[index].Key,
        });

    /// <inheritdoc/>
    public override Sample? ReadPort(int index, int port)
    {
        TripletSample sample = _list.Samples[index];
        if (sample.Problem is { } problem) throw new BadDataException(problem with { File = _stage.Root.Text });
        if (!sample.Has(port)) return null;
        (int widthPx, int heightPx) = SizeOf(sample);
        return new Sample
        {
            Key = sample.Key,
            Frames =
            [
                new Frame(sample.FrameName, widthPx, heightPx)
                {
                    Photo = sample.Picture is { } picture ? PhotoOf(picture) : null,
                },
            ],
            Instances = [.. sample.Objects.Where(o => o.MaskOf(port) is not null)
                .Select(o => InstanceOf(o.Category, o.MaskOf(port)!.Value))],
        };
    }

    private static long CostOf(TripletSample sample)
    {
        long largestMaskBytes = sample.Objects
            .Max(o => Math.Max(o.Gt?.SizeBytes ?? 0, o.Seg?.SizeBytes ?? 0));
        return LeastCostBytes + Math.Max(
            CostPerPhotoByte * (sample.Picture?.SizeBytes ?? 0), CostPerMaskByte * largestMaskBytes);
    }

    private Instance InstanceOf(RecordId? category, ListedFile file)
    {
        string place = PlaceOf(file);
        BinaryMaskFile mask = BinaryMaskFile.Read(_list.Listing.PathOf(file), place, _stage.Threshold);
        mask.Report(place, _list.Listing.FolderName, _stage.Threshold, _context.Warn);
        return new Instance
        {
            CategoryId = category,
            Segmentations = [new MaskSegmentation(mask.Mask, SegmentationForm.LabelRegion)],
        };
    }

    /// <summary>The size of all files of a sample, from their headers.</summary>
    /// <exception cref="BadDataException"><c>FRAME_SIZE</c>: they differ; names every file of the object.</exception>
    private (int WidthPx, int HeightPx) SizeOf(TripletSample sample)
    {
        ListedFile first = sample.Objects[0].Files.First();
        (int WidthPx, int HeightPx) size = SizeOf(first);
        foreach (TripletEntry entry in sample.Objects)
        {
            var sizes = new[] { first }.Union(entry.Files).Select(f => (f.Name, Size: SizeOf(f))).ToList();
            if (sizes.TrueForAll(s => s.Size == size)) continue;
            string found = string.Join(", ", sizes.Select(s => $"'{s.Name}' {s.Size.WidthPx}x{s.Size.HeightPx}"));
            throw new BadDataException(new Problem("FRAME_SIZE",
                $"expected picture and masks of one size, found {found} (width x height)")
            {
                File = _stage.Root.Text,
                Record = entry.Name.Name,
                Remedy = "correct the one that is wrong; a mask is never resized silently",
            });
        }
        return size;
    }

    private (int WidthPx, int HeightPx) SizeOf(ListedFile file)
    {
        PhotoHeader header = PhotoHeader.Read(PhotoOf(file), PlaceOf(file));
        return (header.WidthPx, header.HeightPx);
    }

    private PhotoFile PhotoOf(ListedFile file) => new(_list.Listing.PathOf(file));

    private string PlaceOf(ListedFile file) => $"{_stage.Root}/{file.Name}";
}
