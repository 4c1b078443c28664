using System.Buffers;
using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Writes shapes as COCO and YouTube-VIS have them.</summary>
internal static class SegmentationText
{
    /// <summary>Writes a segmentation that is there: anything but <see cref="SegmentationForm.Missing"/>.</summary>
    public static void Write(IBufferWriter<byte> output, Segmentation segmentation)
    {
        switch (segmentation)
        {
            case PolygonSegmentation polygons:
                WritePolygons(output, polygons.Parts);
                break;
            case MaskSegmentation { Form: SegmentationForm.Counts } runs:
                WriteCounts(output, runs.Mask);
                break;
            case MaskSegmentation runs:
                WriteString(output, runs.Mask);
                break;
            case { Form: SegmentationForm.EmptyList }:
                output.Write("[]"u8);
                break;
            case { Form: SegmentationForm.Null }:
                output.Write("null"u8);
                break;
            default:
                throw new ArgumentException($"{segmentation.Form} has no JSON text", nameof(segmentation));
        }
    }

    /// <summary>Writes numbers as a list.</summary>
    public static void WriteNumbers(IBufferWriter<byte> output, ReadOnlySpan<double> numbers)
    {
        output.Write("["u8);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i > 0) output.Write(", "u8);
            JsonText.WriteNumber(output, numbers[i]);
        }

        output.Write("]"u8);
    }

    private static void WritePolygons(IBufferWriter<byte> output, ImmutableArray<ImmutableArray<double>> parts)
    {
        output.Write("["u8);
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0) output.Write(", "u8);
            WriteNumbers(output, parts[i].AsSpan());
        }

        output.Write("]"u8);
    }

    private static void WriteCounts(IBufferWriter<byte> output, Mask mask)
    {
        output.Write("{\"counts\": ["u8);
        for (int i = 0; i < mask.Counts.Length; i++)
        {
            if (i > 0) output.Write(", "u8);
            JsonText.WriteNumber(output, mask.Counts[i]);
        }

        output.Write("], "u8);
        WriteSize(output, mask);
        output.Write("}"u8);
    }

    private static void WriteString(IBufferWriter<byte> output, Mask mask)
    {
        if (output is not TextBuffer text)
        {
            using var buffer = new TextBuffer();
            WriteString(buffer, mask);
            output.Write(buffer.Written);
            return;
        }

        text.Write("{"u8);
        WriteSize(text, mask);
        text.Write(", \"counts\": \""u8);
        int from = text.Count;
        mask.WriteCocoString(text);
        text.Double((byte)'\\', from);
        text.Write("\"}"u8);
    }

    private static void WriteSize(IBufferWriter<byte> output, Mask mask)
    {
        output.Write("\"size\": ["u8);
        JsonText.WriteNumber(output, mask.HeightPx);
        output.Write(", "u8);
        JsonText.WriteNumber(output, mask.WidthPx);
        output.Write("]"u8);
    }
}
