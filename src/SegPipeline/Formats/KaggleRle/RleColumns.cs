using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleRle;

/// <summary>Which column of a file holds what.</summary>
/// <param name="Count">Number of columns.</param>
/// <param name="Image">The column with the image.</param>
/// <param name="Rle">The column with the run lengths.</param>
/// <param name="RleName">What the header calls it.</param>
/// <param name="Class">The column with the class; -1 when there is none.</param>
internal sealed record RleColumns(int Count, int Image, int Rle, string RleName, int Class)
{
    private const int MostShown = 80;

    /// <summary>Finds the columns that a reader names, or the first two.</summary>
    /// <param name="header">The names that stand in the first row.</param>
    /// <param name="stage">The reader.</param>
    /// <exception cref="BadDataException">A column that is named is not there, or there are fewer than two.</exception>
    public static RleColumns Of(IReadOnlyList<string> header, KaggleRleReader stage)
    {
        if (header.Count < 2)
            throw Fault(stage, $"expected at least two columns, found only '{Beginning(string.Join(' ', header))}'",
                "set 'separator' to what stands between the columns");
        int image = stage.ImageColumn is { } imageName ? Find(header, imageName, "image_column", stage) : 0;
        int rle = stage.RleColumn is { } rleName ? Find(header, rleName, "rle_column", stage) : 1;
        if (LooksLikePairs(header[rle]))
            throw Fault(stage, $"expected the names of the columns, found run lengths: '{header[rle]}'",
                "put a row with names before the first");
        int category = stage.ClassColumn is { } name ? Find(header, name, "class_column", stage) : -1;
        return new RleColumns(header.Count, image, rle, header[rle], category);
    }

    private static int Find(IReadOnlyList<string> header, string name, string key, KaggleRleReader stage)
    {
        for (int i = 0; i < header.Count; i++)
            if (header[i] == name) return i;
        string hint = DidYouMean.HintOrList(name, header) ?? $"the columns are {string.Join(", ", header)}";
        throw Fault(stage, $"there is no column '{name}', which '{key}' names", hint);
    }

    private static string Beginning(string text) => text.Length <= MostShown ? text : text[..MostShown] + "...";

    private static bool LooksLikePairs(string name) =>
        name.Contains(' ', StringComparison.Ordinal) && name.All(c => char.IsAsciiDigit(c) || c == ' ');

    private static BadDataException Fault(KaggleRleReader stage, string message, string remedy) =>
        new(new Problem("CSV_COLUMN", message) { File = stage.Csv.Text, Line = 1, Remedy = remedy });
}
