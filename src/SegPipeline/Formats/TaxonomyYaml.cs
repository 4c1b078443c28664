using System.Globalization;
using SegPipeline.Stages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SegPipeline.Formats;

/// <summary>Reads labels from YAML: a map of label to name, <c>1: wall</c>, or to more about it,
/// <c>1: { name: wall, color: [120, 120, 120], isthing: 0 }</c>.</summary>
internal static class TaxonomyYaml
{
    /// <summary>The labels of a file with the lines they stand in.</summary>
    /// <exception cref="Model.BadDataException">The file is something else.</exception>
    public static List<(LabelRow Row, long Line)> Read(InputPath file)
    {
        using FileRent bytes = FileRent.Read(file.FullPath, file.Text);
        using var text = new StreamReader(new MemoryStream(bytes.Bytes.ToArray()));
        var parser = new Parser(text);
        var rows = new List<(LabelRow, long)>();
        try
        {
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                Scalar key = parser.Consume<Scalar>();
                if (!int.TryParse(key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int label) ||
                    label > 65536)
                    throw new FormatException($"expected a label from 0 to 65536, found '{key.Value}'");
                rows.Add((RowOf(label, parser), key.Start.Line));
            }
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's answer to a bracket within a name.
            throw LabelTaxonomy.Fault(
                file, 1, "expected YAML, found a bracket in a text without quotes");
        }
        catch (Exception e) when (e is YamlException or FormatException)
        {
            throw LabelTaxonomy.Fault(file, parser.Current?.Start.Line ?? (e as YamlException)?.Start.Line ?? 1,
                e.Message);
        }
        return rows;
    }

    private static LabelRow RowOf(int label, Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var name)) return new LabelRow(label, name.Value);
        parser.Consume<MappingStart>();
        var row = new LabelRow(label, "");
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            string key = parser.Consume<Scalar>().Value;
            row = key switch
            {
                "name" => row with { Name = parser.Consume<Scalar>().Value },
                "supercategory" => row with { Supercategory = parser.Consume<Scalar>().Value },
                "isthing" => row with { IsThing = Flag(parser.Consume<Scalar>().Value) },
                "color" => row with { Color = ColorOf(parser) },
                _ => throw new FormatException($"expected name, supercategory, isthing or color, found '{key}'"),
            };
        }
        return row.Name.Length > 0 ? row : throw new FormatException($"label {label} has no name");
    }

    private static bool Flag(string text) => text switch
    {
        "0" or "false" => false,
        "1" or "true" => true,
        _ => throw new FormatException($"expected 0 or 1 as isthing, found '{text}'"),
    };

    private static byte[] ColorOf(Parser parser)
    {
        var color = new List<byte>();
        parser.Consume<SequenceStart>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            string text = parser.Consume<Scalar>().Value;
            color.Add(byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)
                ? value
                : throw new FormatException($"expected numbers from 0 to 255 as color, found '{text}'"));
        }
        return color.Count == 3 ? [.. color] : throw new FormatException("expected three numbers as color");
    }
}
