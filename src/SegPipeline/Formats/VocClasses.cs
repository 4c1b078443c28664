using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>The classes of PASCAL VOC, and lists of others in its manner.</summary>
internal static class VocClasses
{
    private static readonly string[] Names =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog",
        "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    /// <summary>The 20 classes of PASCAL VOC, 1 to 20.</summary>
    public static Taxonomy Voc { get; } =
        new([.. Names.Select((name, i) => new Category(new RecordId(i + 1), name))], IsDeclared: true);

    /// <summary>Reads classes from a file.</summary>
    /// <exception cref="BadDataException"><c>TAXONOMY</c>: a line is not what it should be.</exception>
    public static Taxonomy Read(InputPath file)
    {
        using FileRent bytes = FileRent.Read(file.FullPath, file.Text);
        using var text = new StreamReader(new MemoryStream(bytes.Bytes.ToArray()));
        string[] lines = text.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
        bool isNumbered = lines[0].Contains(',', StringComparison.Ordinal);
        var categories = ImmutableArray.CreateBuilder<Category>();
        var labels = new HashSet<long>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            string[] parts = isNumbered ? lines[i].Split(',', 2, StringSplitOptions.TrimEntries) : [$"{i}", lines[i]];
            bool isLabel = byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out byte label);
            // A first line of names of columns.
            if (i == 0 && isNumbered && !isLabel) continue;
            if (parts.Length < 2 || !isLabel || label == byte.MaxValue || !labels.Add(label))
                throw Fault(file, lines[i], i + 1);
            if (label > 0) categories.Add(new Category(new RecordId(label), parts[1]));
        }
        return new Taxonomy(categories.ToImmutable(), IsDeclared: true);
    }

    private static BadDataException Fault(InputPath file, string line, int number) => new(new Problem("TAXONOMY",
        $"expected a label from 0 to 254 that no other line has, a comma and a name, found '{line}'")
    {
        File = file.Text,
        Line = number,
    });
}
