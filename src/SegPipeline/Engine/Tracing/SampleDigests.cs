using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>
/// Fingerprints of everything that flows with a sample but the bytes of its pictures. What still stands in a source
/// file as it was is told by its place there, which costs nothing; so they are the same only for runs over the same
/// files.
/// </summary>
/// <remarks>For one thread.</remarks>
/// <param name="numberOf">The number of a file that records are slices of; null for one that no reader
/// declares.</param>
internal sealed class SampleDigests(Func<SourceFile, int?> numberOf)
{
    private readonly JournalWriter _text = new(numberOf);

    /// <summary>Fingerprint of a sample with its instances.</summary>
    public ulong OfSample(Sample sample)
    {
        _text.Clear();
        _text.Number((int)sample.Kind);
        _text.Id(sample.Id);
        _text.Number(sample.Frames.Length);
        foreach (Frame frame in sample.Frames) Write(frame);
        Write(sample.SourceRecord);
        Write(sample.AnnotationRecord);
        _text.Flag(sample.RecordChanged);
        Write(sample.ExtraMembers);
        foreach (Measure measure in sample.Measures)
        {
            _text.Text(measure.ToString());
            _text.Fraction(measure.Value);
        }
        if (sample.Rejection is { } rejection)
            foreach (Problem problem in rejection.Problems) _text.Text($"{rejection.Stage} {problem}");
        _text.Number(sample.Instances.Length);
        foreach (Instance instance in sample.Instances) Write(instance);
        return Fingerprint.Of(_text.Written.Span);
    }

    /// <summary>Fingerprint of an instance.</summary>
    public ulong OfInstance(Instance instance)
    {
        _text.Clear();
        Write(instance);
        return Fingerprint.Of(_text.Written.Span);
    }

    private void Write(Instance instance)
    {
        Write(instance.SourceRecord);
        _text.Number((int)instance.Changed);
        // What was not changed stands in the record.
        if (instance.SourceRecord is not null && instance.Changed == InstanceMembers.None) return;
        _text.Id(instance.Id);
        _text.Id(instance.CategoryId);
        _text.Number(instance.IsCrowd switch { null => 0, false => 1, true => 2 });
        try
        {
            WriteMembers(instance);
        }
        catch (BadDataException e)
        {
            // Nobody has to be able to read what no stage looks into.
            foreach (Problem problem in e.Problems) _text.Text(problem.ToString());
        }
    }

    // Members that stand in the record as they were are not read.
    private void WriteMembers(Instance instance)
    {
        bool isWritten = instance.SourceRecord is not null;
        bool Has(InstanceMembers member) => !isWritten || instance.Changed.HasFlag(member);
        if (Has(InstanceMembers.Segmentations))
            foreach (Segmentation shape in OrNone(instance.Segmentations)) Write(shape);
        if (Has(InstanceMembers.AreasPx))
            foreach (double? area in OrNone(instance.AreasPx)) _text.Fraction(area);
        if (Has(InstanceMembers.Boxes))
            foreach (Box? box in OrNone(instance.Boxes)) Write(box);
        if (Has(InstanceMembers.Score)) _text.Fraction(instance.Score);
        Write(instance.ExtraMembers);
    }

    private void Write(Segmentation shape)
    {
        if (shape is not MaskSegmentation { Mask: var mask })
        {
            _text.Shape(shape);
            return;
        }
        // Run lengths are long, so they are not copied.
        _text.Number((int)shape.Form);
        _text.Number(mask.HeightPx);
        _text.Number(mask.WidthPx);
        _text.Number((long)Fingerprint.Of(MemoryMarshal.AsBytes(mask.Counts)));
    }

    private void Write(Box? box)
    {
        _text.Flag(box is not null);
        if (box is not { } edges) return;
        foreach (double edge in (ReadOnlySpan<double>)[edges.X, edges.Y, edges.Width, edges.Height])
            _text.Fraction(edge);
    }

    private static ImmutableArray<T> OrNone<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;

    private void Write(Frame frame)
    {
        _text.Text(frame.Name);
        _text.Number(frame.WidthPx);
        _text.Number(frame.HeightPx);
        _text.Number(frame.Position);
        _text.Text(frame.IsAnnotated?.ToString());
        Write(frame.Void ?? Segmentation.Missing);
        if (frame.Palette is { } palette) _text.Bytes(palette.Rgb);
    }

    private void Write(ImmutableSortedDictionary<string, string> members)
    {
        foreach (var (name, value) in members)
        {
            _text.Text(name);
            _text.Text(value);
        }
    }

    private void Write(JsonSlice? slice)
    {
        _text.Flag(slice is not null);
        if (slice is not { } record) return;
        if (numberOf(record.File) is null) _text.Bytes(record.Load());
        else _text.Slice(record);
    }
}
