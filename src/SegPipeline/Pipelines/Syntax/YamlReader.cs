using System.Text;
using YamlDotNet.Core;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>Reads YAML text into a tree in which every node knows its place.</summary>
internal static class YamlReader
{
    /// <summary>Longest pipeline file.</summary>
    public const int MostBytes = 4 << 20;

    private const int MostFaults = 20;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="named">How messages name it.</param>
    /// <param name="blame">Where a problem with opening the file is reported: line 1 of it, or the include.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <returns>The tree; null when nothing of it can be used.</returns>
    public static YamlNode? ReadFile(string path, string named, SourcePlace blame, ProblemList problems)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MostBytes)
            {
                problems.Add(blame, $"the file is {stream.Length} bytes long, and at most {MostBytes} are read");
                return null;
            }
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Read(StrictUtf8.GetString(bytes), named, problems);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(blame, "the file is not UTF-8 text", "save it as UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add(blame, "the file cannot be opened: " +
                (Directory.Exists(path) ? "it is a folder" : e.Message));
        }
        return null;
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="named">How messages name the file.</param>
    /// <param name="problems">Takes everything that is wrong, several syntax errors included.</param>
    /// <returns>The tree, entries with a syntax error as <see cref="YamlUnreadable"/>; null when there is
    /// none.</returns>
    public static YamlNode? Read(string text, string named, ProblemList problems)
    {
        if (text.StartsWith('\uFEFF')) text = text[1..];
        int forbidden = YamlText.FindForbidden(text);
        if (forbidden >= 0)
        {
            problems.Add(PlaceOf(text, forbidden, named),
                $"the noncharacter U+{(int)text[forbidden]:X4} cannot be used");
            return null;
        }
        int tooMany = YamlText.FindTooManyOpen(text);
        if (tooMany >= 0)
        {
            problems.Add(PlaceOf(text, tooMany, named),
                $"the file nests more than {TreeBuilder.DeepestNesting} levels deep");
            return null;
        }
        string[] lines = YamlText.Protect(text.Replace("\r\n", "\n").Replace('\r', '\n')).Split('\n');
        var cutter = new LineCutter(lines);
        for (int fault = 0; fault < MostFaults; fault++)
        {
            var found = new ProblemList(named);
            var scanner = new Scanner(new StringReader(string.Join('\n', lines)), skipComments: true);
            var tree = new TreeBuilder(named, new Parser(scanner), found, cutter.LostAnchors);
            SyntaxFault? error = TryBuild(tree, lines, out YamlNode? root);
            if (error is null)
            {
                problems.AddAll(found);
                return root;
            }
            problems.Add(error.Place, error.Message, error.Hint);
            if (!cutter.Cut(error.Place.Line)) return null;
        }
        return null;
    }

    private static SyntaxFault? TryBuild(TreeBuilder tree, string[] lines, out YamlNode? root)
    {
        root = null;
        try
        {
            root = tree.Build();
            return null;
        }
        // Beside its own exception the parser lets others out on some malformed texts, e.g. an unclosed bracket.
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            return SyntaxFault.Of(e, tree, lines);
        }
    }

    private static SourcePlace PlaceOf(string text, int index, string named)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, index);
        return new SourcePlace(named, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
