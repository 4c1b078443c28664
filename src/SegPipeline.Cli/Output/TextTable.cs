using System.Text;

namespace SegPipeline.Cli.Output;

/// <summary>Columns of text, aligned: words to the left, numbers to the right.</summary>
/// <param name="headings">A heading per column; a <c>#</c> before it, not shown, aligns it to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [[.. headings.Select(h => h.TrimStart('#'))]];

    /// <summary>Adds a row: a cell per column.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the table, two blanks between columns and none at the end of a line.</summary>
    public void Write(TextWriter target)
    {
        int[] widths = [.. headings.Select((_, i) => _rows.Max(r => r[i].Length))];
        foreach (string[] row in _rows)
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
            {
                if (i > 0) line.Append("  ");
                line.Append(headings[i].StartsWith('#') ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]));
            }
            target.WriteLine(line.ToString().TrimEnd());
        }
    }
}
