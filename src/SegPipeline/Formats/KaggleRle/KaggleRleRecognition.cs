using System.Text;
using System.Text.RegularExpressions;
using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>Knows CSV files with run lengths by the names of their columns and by what stands in them.</summary>
internal static partial class KaggleRleRecognition
{
    private const int HeadBytes = 1 << 16;
    private const int MostRows = 200;
    private static readonly string[] Extensions = ["", ".jpg", ".png", ".jpeg", ".tif", ".tiff"];
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>What a file is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        if (!look.IsFile || !look.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) yield break;
        string[] lines = Encoding.UTF8.GetString(look.Head(HeadBytes)).TrimStart('\uFEFF').Split('\n');
        char separator = Separators.MaxBy(s => lines[0].Count(c => c == s));
        string[][] rows = [.. lines.Take(MostRows).Select(l => l.Split(separator).Select(Bare).ToArray())];
        string[] columns = rows[0];
        int rle = RleColumn(columns, rows);
        string[] lengths = [.. rows.Skip(1).Select(r => r.Length > Math.Max(1, rle) ? r[rle] : "")];
        bool isNamed = RleName().IsMatch(columns[rle]);
        bool fits = lengths.Any(l => RunLengths().IsMatch(l));
        bool hasWords = lengths.Any(l => l.Any(char.IsAsciiLetter) && l != "nan");
        if (columns.Length < 2 || hasWords || !(fits || isNamed)) yield break;
        yield return Claim(look, rows, separator, isNamed && fits ? Certainty.Sure : Certainty.Likely);
    }

    private static Recognition Claim(PathLook look, string[][] rows, char separator, Certainty certainty)
    {
        string[] columns = rows[0];
        int rle = RleColumn(columns, rows), image = rle == 0 ? 1 : 0;
        bool isJoined = JoinedName().IsMatch(columns[image]);
        var texts = rows.Skip(1).Where(r => r.Length > image).Select(r => r[image]);
        string[] names = [.. isJoined ? texts.Select(Split) : texts];
        var (folder, extension) = Photos(look, names);
        int classes = Array.FindIndex(columns, c => ClassName().IsMatch(c));
        return new Recognition(
            new KaggleRleReader
            {
                Csv = look.ToInput(),
                Images = folder,
                ImageColumn = image == 0 ? null : columns[image],
                ImageExtension = extension,
                RleColumn = rle == 1 ? null : columns[rle],
                ClassColumn = !isJoined && classes >= 0 && classes != image && classes != rle ? columns[classes] : null,
                SplitImageClass = isJoined,
                Separator = separator.ToString(),
            },
            certainty, $"run lengths in the column '{columns[rle]}'")
        {
            Missing = folder is null
                ? "no photos were found near the file, so their size must be given: height=PIXELS and width=PIXELS, " +
                    "or images=FOLDER"
                : null,
        };
    }

    private static (InputPath? Folder, string Extension) Photos(PathLook look, string[] names)
    {
        foreach (string extension in Extensions)
            if (PictureSearch.FolderOf(look, [.. names.Select(n => n + extension)]) is { } folder)
                return (folder, extension);
        return (null, "");
    }

    private static int RleColumn(string[] columns, string[][] rows)
    {
        int named = Array.FindIndex(columns, c => RleName().IsMatch(c));
        if (named >= 0) return named;
        int found = Enumerable.Range(0, columns.Length)
            .FirstOrDefault(c => rows.Skip(1).Any(r => r.Length > c && RunLengths().IsMatch(r[c])), -1);
        return found >= 0 ? found : Math.Min(1, columns.Length - 1);
    }

    private static string Split(string name) => name.LastIndexOf('_') is var cut and > 0 ? name[..cut] : name;

    private static string Bare(string field) => field.Trim().Trim('"');

    [GeneratedRegex("rle|encoded.?pixels|run.?length", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RleName();

    [GeneratedRegex("^[0-9]+ [0-9]+( [0-9]+ [0-9]+)*$")]
    private static partial Regex RunLengths();

    [GeneratedRegex("image.*class|image.*label", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JoinedName();

    [GeneratedRegex("^(class|category|label)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClassName();
}
