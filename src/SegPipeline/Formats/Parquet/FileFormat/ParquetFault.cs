namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>What can be wrong with a Parquet file.</summary>
internal static class ParquetFault
{
    /// <summary>Something in it contradicts itself.</summary>
    public static RecordFaultException Damaged(string what) =>
        new("PARQUET_DAMAGED", "the Parquet file is damaged: " + what, "get the file anew");

    /// <summary>Something ends before it should.</summary>
    public static RecordFaultException CutShort() => Damaged("its data end too early");

    /// <summary>Something is larger than may be.</summary>
    public static RecordFaultException TooLarge(string what, long found, long most) =>
        new("PARQUET_SIZE", $"the file says that it has {found} {what}, at most {most} are accepted",
            "check the file; write smaller row groups if it is sound");

    /// <summary>Something that is not read here.</summary>
    public static RecordFaultException Unknown(string what) =>
        new("PARQUET_UNKNOWN", what + " is not supported", "write the file with other settings");
}
