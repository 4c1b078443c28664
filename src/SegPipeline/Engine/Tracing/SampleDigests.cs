using System.Collections.Immutable;
using System.Security.Cryptography;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>
/// Digests of everything that flows with a sample but the bytes of its pictures. What still stands in a source file as
/// it was is told by its place there, which costs nothing.
/// </summary>
/// <param name="numberOf">The number of a file that records are slices of; null for one that no reader
/// declares.</param>
internal sealed class SampleDigests(Func<SourceFile, int?> numberOf)
{
    /// <summary>Bytes of a digest.</summary>
    public const int Bytes = 8;

    /// <summary>Digest of a sample without its instances.</summary>
    public byte[] OfSample(Sample sample)
    {
        JournalWriter text = New();
        text.Number((int)sample.Kind);
        text.Id(sample.Id);
        text.Number(sample.Frames.Length);
        foreach (Frame frame in sample.Frames) Write(frame, text);
        Write(sample.SourceRecord, text);
        Write(sample.AnnotationRecord, text);
        text.Flag(sample.RecordChanged);
        Write(sample.ExtraMembers, text);
        foreach (Measure measure in sample.Measures)
        {
            text.Text(measure.ToString());
            text.Fraction(measure.Value);
        }
        if (sample.Rejection is { } rejection)
            foreach (Problem problem in rejection.Problems) text.Text($"{rejection.Stage} {problem}");
        return DigestOf(text);
    }

    /// <summary>Digest of an instance.</summary>
    public byte[] OfInstance(Instance instance)
    {
        JournalWriter text = New();
        text.Id(instance.Id);
        text.Id(instance.CategoryId);
        text.Text(instance.IsCrowd?.ToString());
        text.Number((int)instance.Changed);
        Write(instance.SourceRecord, text);
        try
        {
            WriteMembers(instance, text);
        }
        catch (BadDataException e)
        {
            // Nobody has to be able to read what no stage looks into.
            foreach (Problem problem in e.Problems) text.Text(problem.ToString());
        }
        return DigestOf(text);
    }

    /// <summary>The beginning of the SHA-256 of what was written.</summary>
    public static byte[] DigestOf(JournalWriter text) => SHA256.HashData(text.Written.Span)[..Bytes];

    private JournalWriter New() => new(numberOf);

    // Members that stand in the record as they were are not read.
    private static void WriteMembers(Instance instance, JournalWriter text)
    {
        bool isWritten = instance.SourceRecord is not null;
        bool Has(InstanceMembers member) => !isWritten || instance.Changed.HasFlag(member);
        if (Has(InstanceMembers.Segmentations))
            foreach (Segmentation shape in OrNone(instance.Segmentations)) text.Shape(shape);
        if (Has(InstanceMembers.AreasPx))
            foreach (double? area in OrNone(instance.AreasPx)) text.Fraction(area);
        if (Has(InstanceMembers.Boxes))
            foreach (Box? box in OrNone(instance.Boxes)) text.Text(box?.ToString());
        if (Has(InstanceMembers.Score)) text.Fraction(instance.Score);
        Write(instance.ExtraMembers, text);
    }

    private static ImmutableArray<T> OrNone<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;

    private static void Write(Frame frame, JournalWriter text)
    {
        text.Text(frame.Name);
        text.Number(frame.WidthPx);
        text.Number(frame.HeightPx);
        text.Number(frame.Position);
        text.Text(frame.IsAnnotated?.ToString());
        text.Shape(frame.Void ?? Segmentation.Missing);
        if (frame.Palette is { } palette) text.Bytes(palette.Rgb);
    }

    private static void Write(ImmutableSortedDictionary<string, string> members, JournalWriter text)
    {
        foreach (var (name, value) in members)
        {
            text.Text(name);
            text.Text(value);
        }
    }

    private void Write(JsonSlice? slice, JournalWriter text)
    {
        text.Flag(slice is not null);
        if (slice is not { } record) return;
        if (numberOf(record.File) is null) text.Bytes(record.Load());
        else text.Slice(record);
    }
}
