using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;

namespace SegPipeline.Tests.Formats.Parquet;

/// <summary>The checksums of a table's pages, which would hide all checks behind them from a fuzzer.</summary>
internal static class PageChecksums
{
    private const int ChecksumField = 4, NumberType = 5, BytesType = 8, OneFieldOn = 1 << 4;

    /// <summary>The table without checksums; nothing moves: in their places stand bytes that nobody reads.</summary>
    public static byte[] Remove(byte[] table)
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, table);
        try
        {
            using ParquetFile file = ParquetFile.Open(SourceFile.Open(path), path);
            foreach (ColumnPlace place in file.RowGroups.SelectMany(group => group.Columns))
            {
                int at = (int)place.Offset;
                while (at < place.Offset + place.LengthBytes) at = RemoveOne(table, at);
            }
            return table;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int RemoveOne(byte[] table, int at)
    {
        var reader = new ThriftReader(table, at);
        ThriftStruct head = reader.ReadStruct();
        var field = new List<byte> { OneFieldOn | NumberType };
        int checksum = (int)head.Number(ChecksumField)!.Value;
        BitRuns.Varint(field, unchecked((uint)((checksum << 1) ^ (checksum >> 31))));
        int found = table.AsSpan(at, reader.At - at).IndexOf(field.ToArray());
        Assert.True(found > 0);
        table[at + found] = OneFieldOn | BytesType;
        table[at + found + 1] = (byte)(field.Count - 2);
        return reader.At + (int)head.Number(3)!.Value;
    }
}
