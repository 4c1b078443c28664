using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;
using SegPipeline.Stages;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SegPipeline.Releases;

/// <summary>The digests of published files, as <c>configs/known-digests.yaml</c> lists them.</summary>
public sealed class KnownDigests
{
    private const string ShippedResource = "SegPipeline.known-digests.yaml";
    private const int DigestDigits = 64;
    private const long MostBytes = 16 << 20;

    private static readonly string[] Keys =
        ["name", "dataset", "sha256", "status", "bytes", "holds", "note", "source"];

    private KnownDigests(ImmutableArray<KnownFile> files) => Files = files;

    /// <summary>The files, in the order of the list.</summary>
    public ImmutableArray<KnownFile> Files { get; }

    /// <summary>The list that is built in.</summary>
    public static KnownDigests Shipped()
    {
        using Stream text = typeof(KnownDigests).Assembly.GetManifestResourceStream(ShippedResource)!;
        return Parse(text, "configs/known-digests.yaml");
    }

    /// <summary>Reads a list.</summary>
    /// <exception cref="BadDataException">It cannot be read, or is not such a list.</exception>
    public static KnownDigests Read(InputPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using SourceFile source = SourceFile.Open(path.FullPath, path.Text);
        if (source.LengthBytes > MostBytes) throw Fault(path.Text, 0, $"the list has more than {MostBytes} bytes");
        byte[] bytes = new byte[source.LengthBytes];
        source.ReadExactly(0, bytes);
        return Parse(new MemoryStream(bytes), path.Text);
    }

    /// <summary>The file with a digest; null when there is none.</summary>
    public KnownFile? Find(string sha256) =>
        Files.FirstOrDefault(f => string.Equals(f.Sha256, sha256, StringComparison.OrdinalIgnoreCase));

    /// <summary>The releases of a file, current ones first.</summary>
    public IReadOnlyList<KnownFile> Named(string name) =>
        [.. Files.Where(f => f.Name == name).OrderBy(f => f.IsSuperseded)];

    private static KnownDigests Parse(Stream text, string file)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(text);
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw Fault(file, e.Start.Line, e.InnerException?.Message ?? e.Message);
        }
        if (yaml.Documents.Count != 1 || yaml.Documents[0].RootNode is not YamlMappingNode root ||
            !root.Children.TryGetValue("files", out YamlNode? files) || files is not YamlSequenceNode list)
            throw Fault(file, 1, "expected a map with the list 'files'");
        var known = new KnownDigests([.. list.Select(node => FileOf(node, file))]);
        RefuseRepeated(known, list, file);
        return known;
    }

    private static void RefuseRepeated(KnownDigests known, YamlSequenceNode list, string file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (entry, node) in known.Files.Zip(list))
            if (!seen.Add(entry.Sha256)) throw Fault(file, node.Start.Line, $"{entry.Sha256} is listed twice");
    }

    private static KnownFile FileOf(YamlNode node, string file)
    {
        if (node is not YamlMappingNode map) throw Fault(file, node.Start.Line, "expected a map for each file");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || !Keys.Contains(name, StringComparer.Ordinal))
                throw Fault(file, key.Start.Line,
                    $"unknown key '{key}'; {DidYouMean.HintOrList($"{key}", Keys)}");
            if (value is not YamlScalarNode { Value: { } text })
                throw Fault(file, value.Start.Line, $"'{name}' must be text");
            values[name] = text;
        }
        string Needed(string key) => values.GetValueOrDefault(key)
            ?? throw Fault(file, map.Start.Line, $"the key '{key}' is missing");
        string digest = Needed("sha256").ToLowerInvariant();
        if (digest.Length != DigestDigits || !digest.All(char.IsAsciiHexDigit))
            throw Fault(file, map.Start.Line, $"'sha256' must be {DigestDigits} hexadecimal digits, found '{digest}'");
        string status = Needed("status");
        if (status is not ("current" or "superseded"))
            throw Fault(file, map.Start.Line, $"'status' must be current or superseded, found '{status}'");
        return new KnownFile
        {
            Name = Needed("name"),
            Dataset = Needed("dataset"),
            Sha256 = digest,
            IsSuperseded = status == "superseded",
            SizeBytes = values.TryGetValue("bytes", out string? bytes) ? SizeOf(bytes, map, file) : null,
            Holds = values.GetValueOrDefault("holds"),
            Note = values.GetValueOrDefault("note"),
            Source = values.GetValueOrDefault("source"),
        };
    }

    private static long SizeOf(string text, YamlMappingNode map, string file) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size
            : throw Fault(file, map.Start.Line, $"'bytes' must be a whole number, found '{text}'");

    private static BadDataException Fault(string file, long line, string message) =>
        new(new Problem("KNOWN_DIGESTS", message)
        {
            File = file,
            Line = line > 0 ? line : null,
            Remedy = "correct the list",
        });
}
