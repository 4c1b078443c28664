using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>The files of a dataset. Of what was decoded, only what was used last is kept. The bytes of pictures are
/// read when a picture is opened, page by page where the file tells where its pages stand.</summary>
/// <param name="files">The files, in order; all have the same columns.</param>
internal sealed class ParquetTables(IReadOnlyList<ParquetFile> files) : IDisposable
{
    private const int KeptGroups = 3, KeptPages = 8, KeptIndices = 64;

    private readonly RecentlyUsed<(int File, int Group), DecodedRows> _groups = new(KeptGroups);
    private readonly RecentlyUsed<(int File, int Group, int Page), DecodedRows> _pages = new(KeptPages);
    private readonly RecentlyUsed<(int File, int Group), IReadOnlyList<PagePlace>> _indices = new(KeptIndices);
    private readonly ParquetNode? _photos = PhotosOf(files[0].Schema);

    /// <summary>The files.</summary>
    public IReadOnlyList<ParquetFile> Files => files;

    /// <summary>False when a file has no column of pictures, or says that it is empty.</summary>
    public static bool MayHoldPhotos(ParquetFile file) =>
        (PhotosOf(file.Schema) ?? (file.Schema["frames"] is { Type: null } frames ? BytesIn(frames.Items) : null))
            is { } leaf && file.RowGroups.Any(group =>
                group.Columns[leaf.FirstLeaf] is var place && place.NullCount != place.EntryCount);

    /// <summary>All columns of a row group, but for the bytes of pictures that <see cref="PhotoOf"/> tells.</summary>
    /// <exception cref="BadDataException">They are damaged.</exception>
    public DecodedRows Read(int file, int group) => _groups.Get((file, group), () => files[file].Read(group,
        [.. Enumerable.Range(0, files[file].Schema.LeafCount).Where(l => !HasEvery(file, group, l))]));

    /// <summary>The picture of a row; null where not every row of the group has the bytes of one.</summary>
    public Photo? PhotoOf(int file, int group, int row)
    {
        if (_photos is not { } leaf || !HasEvery(file, group, leaf.FirstLeaf)) return null;
        (int rows, ColumnPlace[] columns) = files[file].RowGroups[group];
        return new EmbeddedPhoto(columns[leaf.FirstLeaf].LengthBytes / Math.Max(1, rows), () =>
        {
            IReadOnlyList<PagePlace> pages =
                _indices.Get((file, group), () => files[file].PagesOf(group, leaf.FirstLeaf));
            int page = pages.Count - 1;
            while (pages[page].FirstRow > row) page--;
            int end = page + 1 < pages.Count ? (int)pages[page + 1].FirstRow : rows, first = (int)pages[page].FirstRow;
            DecodedRows read = _pages.Get((file, group, page),
                () => files[file].ReadPage(group, leaf.FirstLeaf, pages[page], end - first));
            return (byte[])read.ReadLeaf(leaf, row - first)!;
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ParquetFile file in files) file.Dispose();
    }

    private bool HasEvery(int file, int group, int leaf) =>
        leaf == _photos?.FirstLeaf && files[file].RowGroups[group].Columns[leaf].NullCount == 0;

    /// <summary>The column of pictures: of bytes, in no list; null when there is none.</summary>
    private static ParquetNode? PhotosOf(ParquetNode schema) =>
        BytesIn(schema) is { Repeated: 0 } leaf ? leaf : null;

    private static ParquetNode? BytesIn(ParquetNode item) =>
        (item["image"]?["bytes"] ?? item["image"]) is { Type: ParquetType.ByteArray } leaf &&
        leaf.Meaning != ParquetMeaning.Text ? leaf : null;
}
