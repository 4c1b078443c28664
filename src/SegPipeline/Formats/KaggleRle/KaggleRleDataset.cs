using System.Buffers;
using System.Collections.Immutable;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>A CSV file with run lengths that is open for reading.</summary>
internal sealed class KaggleRleDataset : OpenDataset
{
    private const long CostOfImageBytes = 4096;

    private readonly KaggleRleReader _stage;
    private readonly SourceFile _file;
    private readonly RleIndex _index;
    private readonly RecordId[] _categoryIds;
    private readonly MediaFolder? _images;

    private KaggleRleDataset(KaggleRleReader stage, SourceFile file, RleIndex index)
    {
        _stage = stage;
        _file = file;
        _index = index;
        _images = stage.Images is null ? null : new MediaFolder(stage.Images);
        (Taxonomy taxonomy, _categoryIds) = index.Categories();
        Info = new DatasetInfo { Kind = SampleKind.Image, Taxonomy = taxonomy };
        Plan = [.. Enumerable.Range(0, index.Images.Count).Select(i => new PlanEntry(NameOf(i), CostOf(i)))];
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, Problem Problem)> Defects => _index.Defects;

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles => [_stage.Csv.FullPath];

    /// <summary>Opens and indexes the file of a reader.</summary>
    public static KaggleRleDataset Open(KaggleRleReader stage, StageContext context)
    {
        SourceFile file = SourceFile.Open(stage.Csv.FullPath, stage.Csv.Text);
        try
        {
            var dataset = new KaggleRleDataset(stage, file, RleIndex.Of(file, stage));
            dataset.WarnOfOtherOrder(context);
            return dataset;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        Frame frame = FrameOf(index);
        var instances = ImmutableArray.CreateBuilder<Instance>();
        foreach (RleRow row in RowsOf(index))
            if (!row.IsEmpty)
                instances.Add(new Instance
                {
                    CategoryId = _categoryIds[row.Class],
                    IsCrowd = false,
                    Segmentations = [new MaskSegmentation(MaskOf(row, frame), SegmentationForm.Counts)],
                });
        return new Sample { Key = Plan[index].Key, Frames = [frame], Instances = instances.ToImmutable() };
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private string NameOf(int image) => (_index.Images[image] + _stage.ImageExtension).Replace('\\', '/');

    private ReadOnlySpan<RleRow> RowsOf(int image) =>
        _index.Rows.AsSpan()[_index.FirstRows[image].._index.FirstRows[image + 1]];

    private long CostOf(int image)
    {
        long bytes = CostOfImageBytes;
        foreach (RleRow row in RowsOf(image)) bytes += 4L * row.LengthBytes;
        return bytes;
    }

    private Frame FrameOf(int image)
    {
        string name = NameOf(image);
        Photo? photo = PhotoOf(image, name);
        if (_stage.Height is { } heightPx) return new Frame(name, _stage.Width!.Value, heightPx) { Photo = photo };
        PhotoHeader header = PhotoHeader.Read(photo!, photo!.FilePath ?? name);
        return new Frame(name, header.WidthPx, header.HeightPx) { Photo = photo };
    }

    private PhotoFile? PhotoOf(int image, string name)
    {
        try
        {
            return _images?.Find(name);
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(new Problem(e.Code, e.Message)
            {
                File = _file.Path,
                Line = RowsOf(image)[0].Line,
                Remedy = e.Remedy,
            }, e);
        }
    }

    private Mask MaskOf(RleRow row, Frame frame) =>
        WithRle(row, rle => _stage.Pairs.Read(rle, frame.HeightPx, frame.WidthPx));

    private delegate T RleUse<T>(ReadOnlySpan<byte> rle);

    private T WithRle<T>(RleRow row, RleUse<T> use)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(row.LengthBytes);
        try
        {
            Span<byte> text = buffer.AsSpan(0, row.LengthBytes);
            _file.ReadExactly(row.Offset, text);
            var fields = new CsvFields((byte)_stage.Separator[0]);
            fields.Split(text);
            return use(fields.Bytes(text, _index.Columns.Rle));
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(new Problem(e.Code, e.Message)
            {
                File = _file.Path,
                Line = row.Line,
                Record = $"image '{_index.Images[row.Image]}', column '{_index.Columns.RleName}'",
                Remedy = e.Remedy,
            }, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void WarnOfOtherOrder(StageContext context)
    {
        var guess = new OrderGuess(_stage.Pairs);
        RleRow[] filled = [.. _index.Rows.Where(row => !row.IsEmpty)];
        int step = Math.Max(1, filled.Length / OrderGuess.MostMasks);
        for (int i = 0; i < filled.Length; i += step)
        {
            try
            {
                Frame frame = FrameOf(filled[i].Image);
                guess.Add(this, filled[i], frame);
            }
            catch (BadDataException)
            {
                // Whoever reads the row or the photo will be told.
            }
        }
        guess.Report(Path.GetFileName(_stage.Csv.FullPath), context.Warn);
    }

    /// <summary>
    /// Compares the outlines of some masks under both orders: a mask that is read in the wrong one falls into
    /// stripes.
    /// </summary>
    private sealed class OrderGuess(RlePairs pairs)
    {
        public const int MostMasks = 64;
        private const double Suspicious = 0.75;

        private long _outlinePx;
        private long _otherOutlinePx;

        public void Add(KaggleRleDataset dataset, RleRow row, Frame frame)
        {
            var (height, width) = pairs.Order == PixelOrder.Column
                ? (frame.HeightPx, frame.WidthPx)
                : (frame.WidthPx, frame.HeightPx);
            (long px, long otherPx) = dataset.WithRle(row, rle => (
                Masks.Geometry.MaskShape.PerimeterPx(pairs.ReadRuns(rle, height, width)),
                Masks.Geometry.MaskShape.PerimeterPx(pairs.ReadRuns(rle, width, height))));
            _outlinePx += px;
            _otherOutlinePx += otherPx;
        }

        public void Report(string file, Action<string> warn)
        {
            if (_otherOutlinePx >= Suspicious * _outlinePx) return;
            string other = pairs.Order == PixelOrder.Column ? "row" : "column";
            warn($"{file} looks as if pixels were counted in the other order: with 'order: {other}' the outlines of " +
                $"some masks are {_otherOutlinePx} pixels long, now they are {_outlinePx}");
        }
    }
}
