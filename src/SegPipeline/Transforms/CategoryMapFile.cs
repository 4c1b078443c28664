using SegPipeline.Model;
using SegPipeline.Stages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SegPipeline.Transforms;

/// <summary>Reads the rules of a category map from a file: one YAML map of scalars, which a JSON object is too, or a
/// CSV file.</summary>
internal static class CategoryMapFile
{
    private const long MostBytes = 16 << 20;

    /// <summary>The rules, in the order of the file.</summary>
    /// <exception cref="BadDataException">The file cannot be read, or is something else than a map of scalars or CSV
    /// with the columns <c>from</c> and <c>to</c>.</exception>
    public static List<KeyValuePair<string, string>> Read(InputPath file)
    {
        using SourceFile source = SourceFile.Open(file.FullPath);
        if (source.LengthBytes > MostBytes)
            throw Fault(file, $"a category map has at most {MostBytes} bytes, found {source.LengthBytes}", Mark.Empty);
        byte[] bytes = new byte[source.LengthBytes];
        source.ReadExactly(0, bytes);
        using var text = new StreamReader(new MemoryStream(bytes));
        if (file.FullPath.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return ReadCsv(new CategoryMapCsv(text.ReadToEnd()), file);
        try
        {
            return ReadMap(new Parser(text), file);
        }
        catch (YamlException e)
        {
            throw Fault(file, e.InnerException?.Message ?? e.Message, e.Start);
        }
    }

    private static List<KeyValuePair<string, string>> ReadCsv(CategoryMapCsv csv, InputPath file)
    {
        var rules = new List<KeyValuePair<string, string>>();
        var lefts = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach ((string from, string to) in csv.Rules())
            {
                if (!lefts.Add(from)) throw new FormatException($"'{from}' has a rule already");
                rules.Add(KeyValuePair.Create(from, to));
            }
        }
        catch (FormatException e)
        {
            throw Fault(file, e.Message, csv.Line);
        }
        return rules;
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
        Fault(file, message, place.Line);

    private static BadDataException Fault(InputPath file, string message, long line) =>
        new(new Problem("CATEGORY_MAP", message)
        {
            File = file.Text,
            Line = line > 0 ? line : null,
            Remedy = "give one map, category before: name of the category after; or CSV with columns from and to",
        });
}
