using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// The text of <c>SHA256SUMS</c>, which <c>sha256sum -c</c> of GNU coreutils checks: digest, two blanks, name; names in
/// ordinal order.
/// </summary>
/// <remarks>
/// coreutils escapes back-slashes and line ends, neither of which a <see cref="ReleaseName"/> can hold. A file named
/// <c>-</c> would be taken for standard input, so it is listed as <c>./-</c>.
/// </remarks>
internal static class ChecksumFile
{
    private const int DigestDigits = 64;

    /// <summary>Writes a line a file.</summary>
    public static void Write(Stream target, IEnumerable<ReleaseFile> files)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var text = new StreamWriter(target, utf8, bufferSize: -1, leaveOpen: true)
        {
            NewLine = "\n",
        };
        foreach (ReleaseFile file in files)
            text.WriteLine($"{file.Digest.Sha256}  {(file.Name.Value == "-" ? "./-" : file.Name.Value)}");
    }

    /// <summary>Reads the lines; what is no line of such a file becomes a problem.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    public static List<(ReleaseName Name, string Sha256)> Read(string path, List<Problem> problems)
    {
        var entries = new List<(ReleaseName, string)>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (Parse(line) is { } entry) entries.Add(entry);
            else problems.Add(Damaged(number));
        }
        if (number == 0) problems.Add(Damaged(line: 1));
        return entries;
    }

    private static (ReleaseName, string)? Parse(string line)
    {
        if (line.Length < DigestDigits + 3 || line[DigestDigits] != ' ' || line[DigestDigits + 1] is not (' ' or '*'))
            return null;
        string digest = line[..DigestDigits];
        string name = line[(DigestDigits + 2)..];
        if (name == "./-") name = "-";
        return digest.All(char.IsAsciiHexDigitLower) && ReleaseName.TryParse(name, null, out ReleaseName good)
            ? (good, digest)
            : null;
    }

    private static Problem Damaged(long line) =>
        new("CHECKSUMS_DAMAGED", "expected 64 hexadecimal digits, two blanks and a file name")
        {
            File = ReleaseNames.Checksums.Value,
            Line = line,
            Remedy = "fetch the release again, or run the pipeline again",
        };
}
