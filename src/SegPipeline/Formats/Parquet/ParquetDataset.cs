using System.Globalization;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet;

/// <summary>Parquet tables that are open for reading.</summary>
internal sealed class ParquetDataset : OpenDataset
{
    private const long RowCostBytes = 1 << 14;

    private static readonly string[] Names = ["key", "file_name", "image_id", "video_id", "id"];

    private readonly ParquetTables _tables;
    private readonly RowSamples _samples;
    private readonly List<(int File, int Group, int Row)> _places = [];

    private ParquetDataset(ParquetReader stage, ParquetTables tables, StageContext context)
    {
        _tables = tables;
        ParquetFile first = tables.Files[0];
        Info = RowNotes.Read(first);
        _samples = new RowSamples(first, Info, stage.Images, context.Warn);
        var plan = new List<PlanEntry>();
        for (int f = 0; f < tables.Files.Count; f++)
            for (int g = 0; g < tables.Files[f].RowGroups.Count; g++) AddRows(plan, f, g);
        Plan = plan;
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles => [.. _tables.Files.Select(f => f.FullPath)];

    /// <summary>Opens the files of a reader; reads the names of the rows and nothing else of them.</summary>
    public static ParquetDataset Open(ParquetReader stage, StageContext context)
    {
        var files = new List<ParquetFile>();
        try
        {
            foreach ((string path, string name) in FilesOf(stage))
            {
                ParquetFile file = ParquetFile.Open(SourceFile.Open(path, name), path);
                files.Add(file);
                if (!file.Schema.Leaves.Select(Described).SequenceEqual(files[0].Schema.Leaves.Select(Described)))
                    throw new BadDataException(new Problem("PARQUET_COLUMNS",
                        $"expected the columns of {files[0].Path}, found others")
                    {
                        File = name,
                        Remedy = "name a 'split', or read the files one by one",
                    });
            }

            return new ParquetDataset(stage, new ParquetTables(files), context);
        }
        catch
        {
            foreach (ParquetFile file in files) file.Dispose();
            throw;
        }
    }

    /// <summary>False when the files say that no row has the bytes of a picture.</summary>
    public static bool MayHoldPhotos(ParquetReader stage)
    {
        try
        {
            return FilesOf(stage).Any(file =>
            {
                using ParquetFile table = ParquetFile.Open(SourceFile.Open(file.Path, file.Name), file.Path);
                return ParquetTables.MayHoldPhotos(table);
            });
        }
        catch (BadDataException)
        {
            // What is wrong is told when the dataset is read.
            return true;
        }
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        (int file, int group, int row) = _places[index];
        try
        {
            return _samples.Of(Plan[index].Key, _tables.Read(file, group), row, _tables.PhotoOf(file, group, row));
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(new Problem(e.Code, e.Message)
            {
                File = _tables.Files[file].Path,
                Record = $"row {row} of row group {group} ('{Plan[index].Key}')",
                Remedy = e.Remedy ?? "correct the row",
            }, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _tables.Dispose();
        base.Dispose();
    }

    private static string Described(ParquetNode leaf) =>
        $"{string.Join('/', leaf.Path)} {leaf.Type} {leaf.Repeated} {leaf.Defined}";

    private static (string Path, string Name)[] FilesOf(ParquetReader stage)
    {
        if (!Directory.Exists(stage.Root.FullPath)) return [(stage.Root.FullPath, stage.Root.Text)];
        var files = FolderListing.Of(stage.Root).Files
            .Where(f => f.Extension.Equals(".parquet", StringComparison.OrdinalIgnoreCase))
            .Where(f => stage.Split is not { } split || f.FileName.StartsWith(split + "-", StringComparison.Ordinal)
                || f.FileName.StartsWith(split + ".", StringComparison.Ordinal))
            .Select(f => (Path.Combine(stage.Root.FullPath, f.Name), $"{stage.Root}/{f.Name}")).ToArray();
        return files.Length > 0
            ? files
            : throw new BadDataException(new Problem("NO_FILES", "expected Parquet files, found none"
                + (stage.Split is { } named ? $" of the split '{named}'" : ""))
            {
                File = stage.Root.Text,
                Remedy = "check 'root' and 'split'",
            });
    }

    private void AddRows(List<PlanEntry> plan, int file, int group)
    {
        ParquetFile table = _tables.Files[file];
        ParquetNode? name = Names.Select(n => table.Schema[n]).FirstOrDefault(n => n?.Type is not null)
            ?? table.Schema["image"]?["path"];
        (int count, ColumnPlace[] columns) = table.RowGroups[group];
        DecodedRows? rows = name is null ? null : table.Read(group, [name.FirstLeaf]);
        long cost = RowCostBytes + (columns.Sum(c => (long)c.LengthBytes) / Math.Max(1, count));
        for (int row = 0; row < count; row++)
        {
            string? key = name is null ? null
                : Convert.ToString(rows!.ReadLeaf(name, row), CultureInfo.InvariantCulture);
            _places.Add((file, group, row));
            plan.Add(new PlanEntry(string.IsNullOrEmpty(key) ? $"row {plan.Count}" : key, cost));
        }
    }
}
