using SegPipeline.Model;
using SegPipeline.Stages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SegPipeline.Transforms;

/// <summary>Reads the rules of a category map from a file: one YAML map of scalars, which a JSON object is
/// too.</summary>
internal static class CategoryMapFile
{
    private const long MostBytes = 16 << 20;

    /// <summary>The rules, in the order of the file.</summary>
    /// <exception cref="BadDataException">The file cannot be read, or is something else than a map of
    /// scalars.</exception>
    public static List<KeyValuePair<string, string>> Read(InputPath file)
    {
        using SourceFile source = SourceFile.Open(file.FullPath);
        if (source.LengthBytes > MostBytes)
            throw Fault(file, $"a category map has at most {MostBytes} bytes, found {source.LengthBytes}", Mark.Empty);
        byte[] bytes = new byte[source.LengthBytes];
        source.ReadExactly(0, bytes);
        using var text = new StreamReader(new MemoryStream(bytes));
        try
        {
            return ReadMap(new Parser(text), file);
        }
        catch (YamlException e)
        {
            throw Fault(file, e.InnerException?.Message ?? e.Message, e.Start);
        }
    }

    private static List<KeyValuePair<string, string>> ReadMap(Parser parser, InputPath file)
    {
        var rules = new List<KeyValuePair<string, string>>();
        var lefts = new HashSet<string>(StringComparer.Ordinal);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Scalar left = parser.Consume<Scalar>();
            Scalar right = parser.Consume<Scalar>();
            if (!lefts.Add(left.Value))
                throw Fault(file, $"'{left.Value}' has a rule already", left.Start);
            rules.Add(KeyValuePair.Create(left.Value, right.Value));
        }
        return rules;
    }

    private static BadDataException Fault(InputPath file, string message, Mark place) =>
        new(new Problem("CATEGORY_MAP", message)
        {
            File = file.Text,
            Line = place.Line > 0 ? place.Line : null,
            Remedy = "give one map, category before: name of the category after",
        });
}
