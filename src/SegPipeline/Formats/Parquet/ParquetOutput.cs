using System.Collections.Concurrent;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Parquet;

/// <summary>
/// A split that is being written. Its files are named after how many they are, so they are named at the end.
/// Row groups and files end where rows and their sizes say, wherever chunks do.
/// </summary>
internal sealed class ParquetOutput : OpenOutput
{
    private const long Megabyte = 1_000_000;

    private readonly ParquetWriter _stage;
    private readonly IReleaseFolder _release;
    private readonly StageContext _context;
    private readonly ParquetNode _schema;
    private readonly SampleRows _rows;
    private readonly IReadOnlyList<(string Key, string Value)> _notes;
    private readonly ColumnValues[] _group;
    private readonly ConcurrentBag<RowBatch> _used = [];
    private readonly List<(IUnnamedFile File, long RowCount)> _shards = [];
    private ParquetFileWriter? _file;
    private IUnnamedFile? _unnamed;
    private long _groupRows;
    private long _groupBytes;
    private long _voids;

    /// <summary>Opens the output.</summary>
    public ParquetOutput(ParquetWriter stage, DatasetInfo info, IReleaseFolder release, StageContext context)
    {
        (_stage, _release, _context) = (stage, release, context);
        _schema = ParquetSchemas.Of(info.Kind);
        _rows = new SampleRows(info, _schema, stage.Images);
        _notes = ParquetNotes.Of(info, _schema);
        _group = new RowBatch(_schema).Columns;
    }

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        if (!_used.TryTake(out RowBatch? rows)) rows = new RowBatch(_schema);
        foreach (Sample sample in samples) _rows.Add(rows, sample);
        return new EncodedRows(rows, samples.Sum(s => (long)s.Frames.Count(f => f.Void is not null)));
    }

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        var chunk = (EncodedRows)encoded;
        _voids += chunk.Voids;
        int from = 0;
        for (int row = 0; row < chunk.Rows.RowCount; row++)
        {
            _groupBytes += chunk.Rows.SizeOf(row);
            _groupRows++;
            bool isShardFull = (_file?.RowCount ?? 0) + _groupRows == _stage.ShardRows;
            if (_groupBytes < _stage.RowGroupMb * Megabyte && !isShardFull) continue;
            chunk.Rows.CopyTo(_group, from, row + 1);
            from = row + 1;
            EndGroup();
            if (isShardFull || _file!.SizeBytes >= _stage.ShardMb * Megabyte) EndShard();
        }

        chunk.Rows.CopyTo(_group, from, chunk.Rows.RowCount);
        chunk.Rows.Clear();
        _used.Add(chunk.Rows);
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var chunk = (EncodedRows)encoded;
        chunk.Rows.Save(journal);
        journal.Number(chunk.Voids);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var rows = new RowBatch(_schema);
        rows.Load(journal);
        return new EncodedRows(rows, journal.Number());
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (_groupRows > 0) EndGroup();
        if (_file is not null || _shards.Count == 0) EndShard();
        for (int i = 0; i < _shards.Count; i++)
        {
            ReleaseName name = _stage.Folder / ReleaseName.From(
                $"{_stage.Split}-{i:D5}-of-{_shards.Count:D5}.parquet");
            _shards[i].File.Place(name);
            _release.CountRecords(name, "rows", _shards[i].RowCount);
        }

        if (_voids > 0)
            _context.Warn($"the void pixels of {Counted.Of(_voids, "frame")} were left out");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables =>
    [
        new RecordTable("rows", $"{_stage.Folder}/{_stage.Split}-*.parquet", ParquetColumns.Of(_schema, _stage.Images))
        {
            Split = _stage.Split,
        },
    ];

    /// <inheritdoc/>
    public override void Dispose()
    {
        _unnamed?.Dispose();
        foreach ((IUnnamedFile file, _) in _shards) file.Dispose();
        base.Dispose();
    }

    private void EndGroup()
    {
        Begin().WriteRows(_group, _groupRows);
        foreach (ColumnValues column in _group) column.Clear();
        (_groupRows, _groupBytes) = (0, 0);
    }

    private void EndShard()
    {
        ParquetFileWriter file = Begin();
        file.Finish(_notes);
        _shards.Add((_unnamed!, file.RowCount));
        (_unnamed, _file) = (null, null);
    }

    private ParquetFileWriter Begin()
    {
        _unnamed ??= _release.CreateUnnamed();
        return _file ??= new ParquetFileWriter(_unnamed.Content, _schema, _stage.Compression switch
        {
            ParquetCompression.None => ParquetCodec.None,
            ParquetCompression.Snappy => ParquetCodec.Snappy,
            ParquetCompression.Gzip => ParquetCodec.Gzip,
            _ => ParquetCodec.Zstd,
        });
    }

    private sealed record EncodedRows(RowBatch Rows, long Voids);
}
