using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Statistics;

/// <summary>
/// The figures of a dataset: what is in it, how often, how large. Filled sample by sample and added up in any order,
/// with the same result: everything in it is a whole number. Nothing is rasterised and no coordinate read for it: areas
/// are those that the source states, else of run lengths; a polygon without a stated area has none.
/// </summary>
public sealed class DatasetFigures
{
    private const double SmallPx = 32 * 32;
    private const double MediumPx = 96 * 96;

    private readonly CategoryTable _categories = new();
    private readonly Dictionary<(int WidthPx, int HeightPx), long> _pictures = [];
    private readonly long[] _forms = new long[(int)SegmentationForm.LabelRegion + 1];
    private readonly long[] _counts = new long[(int)Count.Last + 1];
    private int[] _objects = [];

    private enum Count
    {
        Samples, Videos, Frames, Unannotated, WithVoid, Instances, Crowds, Empty, Shapes, Measured, Small, Medium,
        Large, Unreadable, Last = Unreadable,
    }

    /// <summary>Images and videos.</summary>
    public long Samples => _counts[(int)Count.Samples];

    /// <summary>Videos among the samples.</summary>
    public long Videos => _counts[(int)Count.Videos];

    /// <summary>Frames of all samples; an image has one.</summary>
    public long Frames => _counts[(int)Count.Frames];

    /// <summary>Frames of which the source says that nobody looked for objects in them.</summary>
    public long UnannotatedFrames => _counts[(int)Count.Unannotated];

    /// <summary>Frames with pixels that count for nothing.</summary>
    public long FramesWithVoid => _counts[(int)Count.WithVoid];

    /// <summary>Instances, crowds among them.</summary>
    public long Instances => _counts[(int)Count.Instances];

    /// <summary>Instances that are crowds.</summary>
    public long Crowds => _counts[(int)Count.Crowds];

    /// <summary>Samples without any instance.</summary>
    public long EmptySamples => _counts[(int)Count.Empty];

    /// <summary>Shapes: for each instance the frames that it is in.</summary>
    public long Shapes => _counts[(int)Count.Shapes];

    /// <summary>Shapes whose area is known.</summary>
    public long MeasuredShapes => _counts[(int)Count.Measured];

    /// <summary>Shapes by the size classes of COCO: below 32 x 32 pixels, below 96 x 96, and above.</summary>
    public (long Small, long Medium, long Large) SizeClasses =>
        (_counts[(int)Count.Small], _counts[(int)Count.Medium], _counts[(int)Count.Large]);

    /// <summary>Instances of whose record something could not be read; a stage that needs it will say what.</summary>
    public long UnreadableInstances => _counts[(int)Count.Unreadable];

    /// <summary>Samples by the number of their instances, in <see cref="CountBins"/>.</summary>
    public Distribution InstancesPerSample { get; } = new();

    /// <summary>Shapes by their relative size, in <see cref="SizeBins"/>.</summary>
    public Distribution RelativeSizes { get; } = new();

    /// <summary>Frames of videos by the number of objects in them, in <see cref="CountBins"/>.</summary>
    public Distribution ObjectsPerFrame { get; } = new();

    /// <summary>Objects of videos by the number of frames that they are in, in <see cref="CountBins"/>.</summary>
    public Distribution Lifetimes { get; } = new();

    /// <summary>Videos by the number of their frames, in <see cref="CountBins"/>.</summary>
    public Distribution VideoLengths { get; } = new();

    /// <summary>The categories that instances have, the most frequent first, then by id.</summary>
    public IReadOnlyList<CategoryFigures> Categories => _categories.ByFrequency;

    /// <summary>Frames by width and height in pixels, the most frequent first; 0 x 0 where the source does not
    /// say.</summary>
    public IReadOnlyList<(int WidthPx, int HeightPx, long Frames)> PictureSizes =>
    [
        .. _pictures.Select(p => (p.Key.WidthPx, p.Key.HeightPx, p.Value))
            .OrderByDescending(p => p.Value).ThenBy(p => p.WidthPx).ThenBy(p => p.HeightPx),
    ];

    /// <summary>Shapes by how the source wrote them; forms that do not occur are left out.</summary>
    public IReadOnlyList<(SegmentationForm Form, long Shapes)> Forms =>
        [.. _forms.Select((count, form) => ((SegmentationForm)form, count)).Where(f => f.count > 0)];

    /// <summary>Counts a sample.</summary>
    public void Add(Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        bool isVideo = sample.Kind == SampleKind.Video;
        Raise(Count.Samples);
        if (isVideo) Raise(Count.Videos);
        if (sample.Instances.IsEmpty) Raise(Count.Empty);
        InstancesPerSample.Add(CountBins.Of(sample.Instances.Length));
        foreach (Frame frame in sample.Frames) Add(frame);
        if (_objects.Length < sample.Frames.Length) _objects = new int[sample.Frames.Length];
        Span<int> objects = _objects.AsSpan(0, sample.Frames.Length);
        objects.Clear();
        _categories.BeginSample();
        foreach (Instance instance in sample.Instances) Add(instance, sample, objects);
        if (!isVideo) return;
        VideoLengths.Add(CountBins.Of(sample.Frames.Length));
        foreach (int count in objects) ObjectsPerFrame.Add(CountBins.Of(count));
    }

    /// <summary>Counts everything that other figures have.</summary>
    public void Add(DatasetFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _categories.Add(other._categories);
        foreach (((int, int) size, long frames) in other._pictures) AddPictures(size, frames);
        for (int i = 0; i < _forms.Length; i++) _forms[i] += other._forms[i];
        for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        foreach ((Distribution own, Distribution more) in Distributions.Zip(other.Distributions)) own.Add(more);
    }

    private Distribution[] Distributions =>
        [InstancesPerSample, RelativeSizes, ObjectsPerFrame, Lifetimes, VideoLengths];

    internal void Save(JournalWriter journal)
    {
        foreach (long count in _counts) journal.Number(count);
        foreach (long count in _forms) journal.Number(count);
        journal.Number(_pictures.Count);
        foreach (((int width, int height), long frames) in _pictures)
        {
            journal.Number(width);
            journal.Number(height);
            journal.Number(frames);
        }
        foreach (Distribution distribution in Distributions) distribution.Save(journal);
        _categories.Save(journal);
    }

    internal static DatasetFigures Load(JournalReader journal)
    {
        var loaded = new DatasetFigures();
        for (int i = 0; i < loaded._counts.Length; i++) loaded._counts[i] = journal.Number();
        for (int i = 0; i < loaded._forms.Length; i++) loaded._forms[i] = journal.Number();
        for (int left = journal.Count(); left > 0; left--)
            loaded.AddPictures((journal.Count(), journal.Count()), journal.Number());
        foreach (Distribution distribution in loaded.Distributions) distribution.Add(Distribution.Load(journal));
        loaded._categories.Load(journal);
        return loaded;
    }

    private void Add(Frame frame)
    {
        Raise(Count.Frames);
        if (frame.IsAnnotated == false) Raise(Count.Unannotated);
        if (frame.Void is { HasMask: true }) Raise(Count.WithVoid);
        AddPictures((frame.WidthPx, frame.HeightPx), 1);
    }

    private void Add(Instance instance, Sample sample, Span<int> objects)
    {
        bool isCrowd = instance.IsCrowd == true;
        Raise(Count.Instances);
        if (isCrowd) Raise(Count.Crowds);
        _categories.Add(instance.CategoryId, isCrowd);
        try
        {
            AddShapes(ShapeFigures.Of(instance, sample.Frames.Length), sample, objects);
        }
        catch (BadDataException)
        {
            // What a record holds matters to whoever needs it; a figure must not end a run that copies it unread.
            Raise(Count.Unreadable);
        }
    }

    private void AddShapes(in ShapeFigures shapes, Sample sample, Span<int> objects)
    {
        int lifetime = 0;
        for (int f = 0; f < sample.Frames.Length; f++)
        {
            if (!shapes.IsIn(f)) continue;
            lifetime++;
            objects[f]++;
            Raise(Count.Shapes);
            _forms[(int)shapes.FormIn(f)]++;
            if (shapes.AreaIn(f) is { } area) AddArea(area, sample.Frames[f]);
        }
        if (sample.Kind == SampleKind.Video) Lifetimes.Add(CountBins.Of(lifetime));
    }

    private void AddArea(double areaPx, Frame frame)
    {
        Raise(Count.Measured);
        Raise(areaPx < SmallPx ? Count.Small : areaPx < MediumPx ? Count.Medium : Count.Large);
        double pixels = (double)frame.WidthPx * frame.HeightPx;
        if (pixels > 0) RelativeSizes.Add(SizeBins.Of(areaPx, pixels));
    }

    private void AddPictures((int WidthPx, int HeightPx) size, long frames) =>
        System.Runtime.InteropServices.CollectionsMarshal
            .GetValueRefOrAddDefault(_pictures, size, out _) += frames;

    private void Raise(Count count) => _counts[(int)count]++;
}
