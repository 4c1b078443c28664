namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>Makes the tree of a schema of the list that a file has.</summary>
internal static class SchemaTree
{
    private const int Utf8 = 0, List = 3, Enum = 4, Json = 19, Map = 1, MapPair = 2, DeepestNesting = 24;

    /// <summary>The schema.</summary>
    /// <exception cref="RecordFaultException">The list is damaged.</exception>
    public static ParquetNode Of(IReadOnlyList<ThriftStruct> fields)
    {
        if (fields.Count == 0) throw ParquetFault.Damaged("it has no schema");
        int at = 1;
        long count = fields[0].Needed(5, "a number of columns", fields.Count);
        var columns = new List<ParquetNode>();
        for (long i = 0; i < count; i++) columns.Add(Next(fields, ref at, depth: 0));
        return columns.Count > 0 ? ParquetNode.Root(columns) : throw ParquetFault.Damaged("it has no columns");
    }

    private static ParquetNode Next(IReadOnlyList<ThriftStruct> fields, ref int at, int depth)
    {
        if (at >= fields.Count) throw ParquetFault.Damaged("its schema ends too early");
        if (depth > DeepestNesting) throw ParquetFault.Damaged("its schema is too deep");
        ThriftStruct field = fields[at++];
        string name = field.Text(4) ?? throw ParquetFault.Damaged("a column has no name");
        var repetition = (ParquetRepetition)field.Needed(3, "a repetition", (long)ParquetRepetition.Repeated);
        long children = field.Number(5) ?? 0;
        ParquetMeaning meaning = MeaningOf(field);
        if (field.Number(1) is not null && children == 0)
        {
            var type = (ParquetType)field.Needed(1, "a type", (long)ParquetType.FixedLengthByteArray);
            long length = type == ParquetType.FixedLengthByteArray ? field.Number(2) ?? 0 : 1;
            if (length is < 1 or > ParquetLimits.MostPageBytes)
                throw ParquetFault.Damaged($"the values of the column {name} have {length} bytes");
            return ParquetNode.Of(name, repetition, type, (int)length, meaning, []);
        }

        var below = new List<ParquetNode>();
        for (long i = 0; i < children; i++) below.Add(Next(fields, ref at, depth + 1));
        if (below.Count == 0) throw ParquetFault.Damaged($"the group {name} is empty");
        return ParquetNode.Of(name, repetition, null, 0, meaning, below);
    }

    private static ParquetMeaning MeaningOf(ThriftStruct field)
    {
        ThriftStruct? logical = field.Struct(10);
        if (logical?.Struct(1) is not null || logical?.Struct(4) is not null || logical?.Struct(12) is not null
            || field.Number(6) is Utf8 or Enum or Json) return ParquetMeaning.Text;
        bool isList = logical?.Struct(3) is not null || logical?.Struct(2) is not null
            || field.Number(6) is List or Map or MapPair;
        return isList ? ParquetMeaning.List : ParquetMeaning.None;
    }
}
