using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>A line of a list of digests.</summary>
/// <param name="Name">Name relative to the folder of the list, with forward slashes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public readonly record struct DigestLine(string Name, string Sha256);

/// <summary>
/// Lists of digests that people make and publish, as <c>sha256sum</c> of GNU coreutils writes and reads them: digest,
/// two blanks or a blank and an asterisk, name. A name with a back-slash or a line end is escaped, and its line begins
/// with a back-slash. One blank, <c>./</c> before names, empty lines and digits in upper case are understood as well.
/// </summary>
public static class DigestLines
{
    private const int DigestDigits = 64;

    /// <summary>Reads a list.</summary>
    /// <exception cref="BadDataException">It cannot be read, is empty, has other lines, lists a name twice with
    /// different digests, or a name that leads out of its folder.</exception>
    public static IReadOnlyList<DigestLine> Read(InputPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var problems = new List<Problem>();
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            long number = 0;
            foreach (string text in File.ReadLines(path.FullPath))
            {
                number++;
                if (text.Trim().Length > 0 && FaultOf(text, entries) is { } fault)
                    problems.Add(Fault(path, number, fault));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException(new Problem("FILE_UNREADABLE", "the list cannot be read: " + e.Message)
            {
                File = path.Text,
                Remedy = "check the path and its permissions",
            }, e);
        }
        if (entries.Count == 0 && problems.Count == 0) problems.Add(Fault(path, 1, "the list is empty"));
        return problems.Count == 0
            ? [.. entries.Select(e => new DigestLine(e.Key, e.Value))]
            : throw new BadDataException(problems);
    }

    /// <summary>Writes a list.</summary>
    public static void Write(TextWriter target, IEnumerable<DigestLine> lines)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(lines);
        foreach (DigestLine line in lines) target.Write(TextOf(line) + "\n");
    }

    private static string TextOf(DigestLine line)
    {
        string name = line.Name == "-" ? "./-" : line.Name;
        bool isPlain = !name.AsSpan().ContainsAny('\\', '\n', '\r');
        if (isPlain) return $"{line.Sha256}  {name}";
        var escaped = new StringBuilder(name).Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");
        return $"\\{line.Sha256}  {escaped}";
    }

    private static string? FaultOf(string text, SortedDictionary<string, string> entries)
    {
        bool isEscaped = text.StartsWith('\\');
        string line = isEscaped ? text[1..] : text.TrimStart('\uFEFF');
        if (line.Length < DigestDigits + 2 || line[DigestDigits] != ' ' ||
            !line.AsSpan(0, DigestDigits).ToString().All(char.IsAsciiHexDigit))
            return "expected 64 hexadecimal digits, two blanks and a file name";
        string name = line[(DigestDigits + 1)..];
        if (name.Length > 1 && name[0] is ' ' or '*') name = name[1..];
        if (isEscaped) name = Unescaped(name);
        if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        if (name.Length == 0 || name[0] == '/' || name.Split('/').Contains("..", StringComparer.Ordinal))
            return $"expected a name below the folder of the list, found '{name}'";
        string sha256 = line[..DigestDigits].ToLowerInvariant();
        bool isNew = entries.TryAdd(name, sha256);
        return isNew || entries[name] == sha256 ? null : $"'{name}' is listed with another digest above";
    }

    private static string Unescaped(string name)
    {
        var text = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i] == '\\' && i + 1 < name.Length ? name[++i] : '\0';
            text.Append(c switch { '\0' => name[i], 'n' => '\n', 'r' => '\r', _ => c });
        }
        return text.ToString();
    }

    private static Problem Fault(InputPath path, long line, string message) => new("CHECKSUMS_DAMAGED", message)
    {
        File = path.Text,
        Line = line,
        Remedy = "make the list with 'segpipe checksum make' or 'sha256sum', names relative to its own folder",
    };
}
