using SegPipeline.Comparison;
using SegPipeline.Model;

namespace SegPipeline.Cli.Output;

/// <summary>Tells a person how two releases differ.</summary>
/// <param name="target">Where to write.</param>
internal sealed class DifferenceText(TextWriter target)
{
    private const int MostFiles = 20;
    private const int MostLines = 40;
    private const int MostCategories = 30;

    /// <summary>Writes everything that differs.</summary>
    public void Write(string before, string after, ReleaseDifference difference)
    {
        if (difference.IsEmpty)
        {
            target.WriteLine(
                $"{before} and {after} are equal ({Quantity.Count(difference.EqualFiles, "file")}, byte for byte)");
            return;
        }
        target.WriteLine($"{before} and {after} differ");
        WriteSettings(difference);
        WriteFlow(difference.Flow!);
        WriteFiles(difference);
        foreach (WrittenDifference written in difference.Datasets) Write(written);
    }

    private void WriteSettings(ReleaseDifference difference)
    {
        if (!difference.Settings.IsEmpty)
        {
            target.WriteLine("\nmade with");
            var table = new TextTable("  what", "before", "after");
            foreach (var (name, old, now) in difference.Settings)
                table.Add("  " + name, old ?? "(none)", now ?? "(none)");
            table.Write(target);
        }
        if (difference.ConfigLines.IsEmpty) return;
        target.WriteLine("\npipeline.yaml");
        foreach (string line in difference.ConfigLines.Take(MostLines)) target.WriteLine("  " + line);
        WriteMore(difference.ConfigLines.Length - MostLines, "line");
    }

    private void WriteFlow(FlowDifference flow)
    {
        target.WriteLine("\nwhat flowed");
        target.WriteLine("  " + (flow.NotCompared is { } why ? "cannot be compared: " + why
            : flow.First is { } first ? "first difference: " + first
            : "the same at every port of every chunk"));
    }

    private void WriteFiles(ReleaseDifference difference)
    {
        target.WriteLine($"\nfiles ({Quantity.Count(difference.EqualFiles)} equal)");
        foreach (FileChange file in difference.Files.Take(MostFiles))
        {
            string what = (file.BytesBefore, file.BytesAfter) switch
            {
                (null, { } now) => $"added, {Quantity.Bytes(now)}",
                ({ } old, null) => $"removed, {Quantity.Bytes(old)}",
                ({ } old, { } now) => $"changed, {Quantity.Count(old)} -> {Quantity.Count(now)} bytes{Place(file)}",
                _ => "",
            };
            target.WriteLine($"  {file.Name}: {what}{Origin(file)}");
        }
        WriteMore(difference.Files.Length - MostFiles, "file");
    }

    private static string Origin(FileChange file)
    {
        string record = file.Record is { } at ? $", in {at}" : "";
        string stage = file.Stage is { } writer ? $", written by '{writer}'" : "";
        return record + stage + (file.Chunk is { } chunk ? $", chunk {Quantity.Count(chunk)}" : "");
    }

    private static string Place(FileChange file) => file.First is not { } first ? ""
        : first.Line is { } line ? $", from line {Quantity.Count(line)} on (byte {Quantity.Count(first.ByteOffset)})"
        : $", from byte {Quantity.Count(first.ByteOffset)} on";

    private void Write(WrittenDifference written)
    {
        target.WriteLine($"\ndata of '{written.Stage}' ({written.Format})");
        if (written.NotCompared is { } why) target.WriteLine("  cannot be compared: " + why);
        if (written.Difference is not { } data) return;
        if (data.IsEmpty)
        {
            target.WriteLine("  the same, written in another way");
            return;
        }
        string samples = data.Kind == SampleKind.Image ? "images" : "videos";
        target.WriteLine($"  {Quantity.Count(data.SamplesBefore)} -> {Quantity.Count(data.SamplesAfter)} {samples}");
        if (data.IsReordered) target.WriteLine($"  the {samples} are in another order");
        foreach (string sentence in data.Taxonomy) target.WriteLine("  " + sentence);
        foreach (var (kind, count) in data.Totals)
        {
            target.WriteLine($"  {Words(kind, samples)}: {Quantity.Count(count)}");
            Change[] shown = [.. data.First.Where(change => change.Kind == kind)];
            foreach (Change change in shown) target.WriteLine("    " + Line(change));
            if (shown.Length > 0) WriteMore(count - shown.Length, "other", "    ");
        }
        WriteCategories(data);
    }

    private void WriteCategories(DatasetDifference data)
    {
        if (data.ByCategory.IsEmpty) return;
        ChangeKind[] kinds = [.. data.Totals.Keys.Where(kind => kind > ChangeKind.SampleChanged)];
        var table = new TextTable(["  category", .. kinds.Select(kind => "#" + Short(kind))]);
        foreach (CategoryChanges category in data.ByCategory.Take(MostCategories))
            table.Add(["  " + category.Category,
                .. kinds.Select(kind => Quantity.Count(category.Totals.GetValueOrDefault(kind)))]);
        target.WriteLine();
        table.Write(target);
        WriteMore(data.ByCategory.Length - MostCategories, "line");
    }

    private void WriteMore(long count, string thing, string indent = "  ")
    {
        if (count > 0) target.WriteLine($"{indent}and {Quantity.Count(count, thing)}");
    }

    private static string Line(Change change) => string.Join(" ", new[]
    {
        change.Key,
        change.Instance is null ? null : "#" + change.Instance,
        change.Category is null ? null : $"({change.Category})",
        change.Detail,
    }.Where(word => word is not null));

    private static string Words(ChangeKind kind, string samples) => kind switch
    {
        ChangeKind.SampleAdded => samples + " added",
        ChangeKind.SampleRemoved => samples + " removed",
        ChangeKind.SampleChanged => samples + " changed",
        ChangeKind.InstanceAdded => "annotations added",
        ChangeKind.InstanceRemoved => "annotations removed",
        ChangeKind.Relabelled => "annotations relabelled",
        ChangeKind.MaskChanged => "annotations with another mask",
        ChangeKind.MembersChanged => "annotations with other members",
        _ => "annotations with another id",
    };

    private static string Short(ChangeKind kind) => kind switch
    {
        ChangeKind.InstanceAdded => "added",
        ChangeKind.InstanceRemoved => "removed",
        ChangeKind.Relabelled => "relabelled",
        ChangeKind.MaskChanged => "mask",
        ChangeKind.MembersChanged => "members",
        _ => "id",
    };
}
