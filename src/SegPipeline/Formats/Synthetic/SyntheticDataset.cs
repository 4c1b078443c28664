using System.Globalization;
using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Synthetic;

/// <summary>Generated scenes as a dataset.</summary>
internal sealed class SyntheticDataset : OpenDataset
{
    private readonly SyntheticReader _description;
    private readonly StageContext _context;
    private readonly SceneSize _size;
    private readonly SceneCategories _categories;
    private readonly IPhotoCodec? _codec;

    /// <summary>Opens what a stage describes.</summary>
    public SyntheticDataset(SyntheticReader description, StageContext context)
    {
        _description = description;
        _context = context;
        _size = new SceneSize(description.Width, description.Height, description.Frames);
        _categories = new SceneCategories(description.Categories);
        _codec = description.CreateCodec();
        long costBytes = 3L * _size.WidthPx * _size.HeightPx;
        Plan = [.. Enumerable.Range(0, description.Count).Select(i => new PlanEntry(KeyOf(i), costBytes))];
        Info = new DatasetInfo { Kind = Kind, Taxonomy = _categories.ToTaxonomy() };
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles => [];

    private SampleKind Kind => _description.OutputKind(null)!.Value;

    private string FileExtension => _codec?.FileExtension ?? ".jpg";

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FilesOf(int index) => [];

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        Scene scene = SceneOf(index);
        return new Sample
        {
            Key = Plan[index].Key,
            Kind = Kind,
            Id = new RecordId(index + 1L),
            Frames = [.. Enumerable.Range(0, _size.Frames).Select(frame => FrameOf(scene, index, frame))],
            Instances = SceneAnnotation.Of(scene, _description.Masks, firstId: 100L * index + 1),
        };
    }

    private Scene SceneOf(int index)
    {
        // By number, not by key, so that the scenes do not change with the file format.
        string number = index.ToString(CultureInfo.InvariantCulture);
        KeyedRandom random = SampleRank.Stream(_context.Seed, _context.StageName, number);
        return Scene.Generate(_size, _categories, _description.Crowds, random);
    }

    private string KeyOf(int index)
    {
        string number = index.ToString("D6", CultureInfo.InvariantCulture);
        return Kind == SampleKind.Image ? number + FileExtension : number;
    }

    private Frame FrameOf(Scene scene, int index, int frame)
    {
        string name = KeyOf(index);
        if (Kind == SampleKind.Video) name += $"/{frame.ToString("D5", CultureInfo.InvariantCulture)}{FileExtension}";
        return new Frame(name, _size.WidthPx, _size.HeightPx)
        {
            Position = frame,
            Photo = _codec is null ? null : new ScenePhoto(scene, frame, _codec),
        };
    }

    /// <summary>A frame of a scene, painted when it is asked for.</summary>
    private sealed class ScenePhoto(Scene scene, int frame, IPhotoCodec codec) : Photo
    {
        public override string? FilePath => null;

        public override Stream OpenRead()
        {
            RgbPixels pixels = ScenePainter.Paint(scene, scene.MasksOf(scene.PolygonsIn(frame)));
            return new MemoryStream(codec.Encode(pixels), writable: false);
        }
    }
}
