namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>The pages of a column of a row group, and what the end of the file says of them.</summary>
/// <param name="Leaf">The column.</param>
/// <param name="Pages">The pages with their heads.</param>
/// <param name="Encodings">The encodings that occur.</param>
/// <param name="EntryCount">Values and nulls.</param>
/// <param name="NullCount">Nulls; empty lists are such as well.</param>
/// <param name="PlainBytes">Size of the pages before compression, heads included.</param>
/// <param name="DictionaryBytes">Size of the page of the dictionary; 0 when there is none.</param>
/// <param name="Bounds">Least and greatest value.</param>
/// <param name="Places">Where the pages of data stand within the column.</param>
internal sealed record ColumnChunk(
    ParquetNode Leaf, IReadOnlyList<byte[]> Pages, IReadOnlyCollection<int> Encodings, long EntryCount, long NullCount,
    long PlainBytes, long DictionaryBytes, ValueBounds Bounds, IReadOnlyList<PagePlace> Places)
{
    /// <summary>Size in the file.</summary>
    public long SizeBytes => Pages.Sum(p => (long)p.Length);

    /// <summary>The same without its pages, once they are written.</summary>
    public ColumnChunk WithoutPages() => this with { Pages = [] };
}

/// <summary>Where a page of data stands.</summary>
/// <param name="Offset">First byte of its head: in the column while it is encoded, in the file when it is read.</param>
/// <param name="SizeBytes">Bytes of head and page.</param>
/// <param name="FirstRow">Number of its first row in the row group.</param>
internal readonly record struct PagePlace(long Offset, int SizeBytes, long FirstRow);
