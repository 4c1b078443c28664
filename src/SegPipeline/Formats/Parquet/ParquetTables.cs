using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>The files of a dataset. Of what was decoded, only the row groups used last are kept.</summary>
/// <param name="files">The files, in order; all have the same columns.</param>
internal sealed class ParquetTables(IReadOnlyList<ParquetFile> files) : IDisposable
{
    private const int KeptGroups = 3;

    private readonly Lock _lock = new();
    private readonly LinkedList<((int File, int Group) Place, Lazy<DecodedRows> Rows)> _kept = new();

    /// <summary>The files.</summary>
    public IReadOnlyList<ParquetFile> Files => files;

    /// <summary>All columns of a row group.</summary>
    /// <exception cref="BadDataException">They are damaged.</exception>
    public DecodedRows Read(int file, int group)
    {
        Lazy<DecodedRows> rows;
        lock (_lock)
        {
            var node = _kept.First;
            while (node is not null && node.Value.Place != (file, group)) node = node.Next;
            if (node is null)
            {
                int[] leaves = [.. Enumerable.Range(0, files[file].Schema.LeafCount)];
                node = new(((file, group), new Lazy<DecodedRows>(() => files[file].Read(group, leaves))));
            }
            else
            {
                _kept.Remove(node);
            }

            _kept.AddFirst(node);
            if (_kept.Count > KeptGroups) _kept.RemoveLast();
            rows = node.Value.Rows;
        }

        return rows.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ParquetFile file in files) file.Dispose();
    }
}
