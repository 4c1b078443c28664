using SegPipeline.Masks.Png;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Where a column of a row group stands.</summary>
/// <param name="Codec">How its pages are compressed.</param>
/// <param name="EntryCount">Values and nulls.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="LengthBytes">Number of bytes in the file.</param>
internal sealed record ColumnPlace(ParquetCodec Codec, long EntryCount, long Offset, int LengthBytes)
{
    /// <summary>How many of the entries are nulls; null when the file does not say.</summary>
    public long? NullCount { get; init; }

    /// <summary>Where the places of its pages are told; null when nowhere, or when its pages need a
    /// dictionary.</summary>
    public (long Offset, int LengthBytes)? Index { get; init; }
}

/// <summary>Reads the pages of a column.</summary>
internal sealed class ColumnDecoder
{
    private readonly ColumnPlace _place;
    private readonly PageValues _values;
    private readonly ColumnValues _output;

    private ColumnDecoder(ParquetNode leaf, ColumnPlace place) =>
        (_place, _values, _output) = (place, new PageValues(leaf), new ColumnValues(leaf));

    /// <summary>Reads all values of a column.</summary>
    /// <param name="leaf">The column.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="bytes">The bytes of that place.</param>
    /// <exception cref="RecordFaultException">They are damaged.</exception>
    public static ColumnValues Decode(ParquetNode leaf, ColumnPlace place, ReadOnlySpan<byte> bytes)
    {
        var decoder = new ColumnDecoder(leaf, place);
        int at = 0;
        while (decoder._output.Definitions.Count < place.EntryCount) at = decoder.ReadPage(bytes, at);
        return decoder._output;
    }

    private int ReadPage(ReadOnlySpan<byte> bytes, int at)
    {
        var thrift = new ThriftReader(bytes, at);
        ThriftStruct head = thrift.ReadStruct();
        long unpacked = head.Needed(2, "a size of a page");
        if (unpacked > ParquetLimits.MostPageBytes)
            throw ParquetFault.TooLarge("bytes in a page", unpacked, ParquetLimits.MostPageBytes);
        int plain = (int)unpacked;
        int packed = (int)head.Needed(3, "a size of a compressed page", bytes.Length - thrift.At);
        ReadOnlySpan<byte> body = bytes.Slice(thrift.At, packed);
        if (head.Number(4) is { } crc && (uint)crc != Crc32.Of(body))
            throw ParquetFault.Damaged("the checksum of a page is another one");
        const int dataPage = 0, dictionaryPage = 2, dataPage2 = 3;
        switch (head.Needed(1, "a kind of page"))
        {
            case dictionaryPage when head.Struct(7) is { } dictionary:
                byte[] values = Unpack(body, plain);
                _values.ReadDictionary(
                    values, (int)dictionary.Needed(1, "a number of values", ParquetLimits.MostEntries));
                break;
            case dataPage when head.Struct(5) is { } data:
                ReadData(data, Unpack(body, plain));
                break;
            case dataPage2 when head.Struct(8) is { } data:
                ReadData2(data, body, plain);
                break;
        }

        return thrift.At + packed;
    }

    private void ReadData(ThriftStruct head, byte[] page)
    {
        int count = CountOf(head);
        var cursor = new ByteCursor(page);
        ParquetNode leaf = _output.Leaf;
        if (leaf.Repeated > 0 && head.Number(4) != (int)ParquetEncoding.Rle || leaf.Defined > 0
            && head.Number(3) != (int)ParquetEncoding.Rle) throw ParquetFault.Unknown("the old encoding of levels");
        ReadLevels(leaf.Repeated > 0 ? cursor.Take(cursor.Int()) : default, leaf.Repeated, count, _output.Repetitions);
        ReadLevels(leaf.Defined > 0 ? cursor.Take(cursor.Int()) : default, leaf.Defined, count, _output.Definitions);
        ReadValues(head, 2, ref cursor, count);
    }

    private void ReadData2(ThriftStruct head, ReadOnlySpan<byte> body, int plain)
    {
        int count = CountOf(head);
        int definitions = (int)head.Needed(5, "a size of levels", body.Length);
        int repetitions = (int)head.Needed(6, "a size of levels", body.Length - definitions);
        int levels = definitions + repetitions;
        if (plain < levels) throw ParquetFault.CutShort();
        ReadLevels(body[..repetitions], _output.Leaf.Repeated, count, _output.Repetitions);
        ReadLevels(body[repetitions..levels], _output.Leaf.Defined, count, _output.Definitions);
        bool isPacked = head.Flag(7) != false && plain > levels;
        var cursor = new ByteCursor(isPacked ? Unpack(body[levels..], plain - levels) : body[levels..]);
        ReadValues(head, 4, ref cursor, count);
    }

    private void ReadValues(ThriftStruct head, int encodingField, ref ByteCursor cursor, int count)
    {
        int values = 0;
        for (int i = _output.Definitions.Count - count; i < _output.Definitions.Count; i++)
            if (_output.Definitions[i] == _output.Leaf.Defined) values++;
        var encoding = (ParquetEncoding)head.Needed(encodingField, "an encoding");
        _values.Read(encoding, ref cursor, values, _output);
    }

    private int CountOf(ThriftStruct head) => (int)head.Needed(
        1, "a number of values", _place.EntryCount - _output.Definitions.Count);

    private static void ReadLevels(ReadOnlySpan<byte> bytes, int largest, int count, List<byte> output)
    {
        int[] levels = new int[count];
        var cursor = new ByteCursor(bytes);
        if (largest > 0) cursor.Runs(BitRuns.WidthOf(largest), levels);
        foreach (int level in levels)
        {
            if (level > largest) throw ParquetFault.Damaged($"found level {level}, expected at most {largest}");
            output.Add((byte)level);
        }
    }

    private byte[] Unpack(ReadOnlySpan<byte> body, int plain)
    {
        if (plain > ParquetLimits.MostUnpacked(_place.Codec, body.Length))
            throw ParquetFault.Damaged($"{body.Length} bytes of a page cannot become {plain} ({_place.Codec})");
        byte[] page = GC.AllocateUninitializedArray<byte>(plain);
        return PageCompression.TryDecompress(_place.Codec, body, page)
            ? page
            : throw ParquetFault.Damaged($"a page cannot be decompressed ({_place.Codec})");
    }
}
