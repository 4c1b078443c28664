using System.Buffers;
using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Reads and writes bounding boxes as COCO and YouTube-VIS write them: x, y, width, height.</summary>
internal static class BoxJson
{
    /// <summary>Writes a box.</summary>
    public static void Write(IBufferWriter<byte> output, Box box) =>
        SegmentationText.WriteNumbers(output, [box.X, box.Y, box.Width, box.Height]);

    /// <summary>Reads a box; none for an empty list, a null one for null.</summary>
    /// <exception cref="RecordFaultException">The value is no list of four finite numbers.</exception>
    public static ImmutableArray<Box?> Read(ReadOnlySpan<byte> json)
    {
        if (json[0] == 'n') return [null];
        if (json[0] != '[')
            throw new RecordFaultException("BOX_SHAPE",
                $"expected a box of four numbers, found {JsonText.Excerpt(json)}");
        double[] numbers = JsonLists.ReadNumbers(json, "box");
        return numbers.Length switch
        {
            0 => [],
            4 => [new Box(numbers[0], numbers[1], numbers[2], numbers[3])],
            _ => throw new RecordFaultException("BOX_SHAPE",
                $"expected a box of four numbers, found a list of {numbers.Length}"),
        };
    }
}
