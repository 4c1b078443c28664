namespace SegPipeline.Formats;

/// <summary>What a record says about iscrowd.</summary>
internal enum CrowdMark : byte
{
    /// <summary>The record has no such member, or it is null.</summary>
    Absent,

    /// <summary>0, 0.0 or false.</summary>
    No,

    /// <summary>1, 1.0 or true.</summary>
    Yes,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How a record writes its <c>segmentation</c>, as far as brackets tell.</summary>
internal enum ShapeMark : byte
{
    /// <summary>There is no such member.</summary>
    Absent,

    /// <summary>null.</summary>
    Null,

    /// <summary>A list without lists in it.</summary>
    EmptyList,

    /// <summary>A list of lists.</summary>
    Polygons,

    /// <summary>An object.</summary>
    Runs,

    /// <summary>Anything else.</summary>
    Odd,
}

/// <summary>What the index knows of an annotation beyond its numbers.</summary>
[Flags]
internal enum EntryMarks : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The record has an id.</summary>
    HasId = 1,

    /// <summary>The id is not a plain integer; its text is kept beside the index.</summary>
    OddId = 2,

    /// <summary>The record has an image_id or video_id.</summary>
    HasSampleId = 4,

    /// <summary>That id is not a plain integer; its text is kept beside the index.</summary>
    OddSampleId = 8,

    /// <summary>NaN or Infinity stands somewhere in the record.</summary>
    NotNumbers = 16,
}

/// <summary>What the index holds of one annotation: 48 bytes.</summary>
internal struct AnnotationEntry
{
    /// <summary>The area of a record that states none.</summary>
    public const double NoArea = double.NegativeInfinity;

    /// <summary>The area of a record whose member has to be looked at: null, or no finite number.</summary>
    public const double OddArea = double.PositiveInfinity;

    /// <summary>First byte of the record in the file.</summary>
    public long Offset;

    /// <summary>The id, when it is a plain integer.</summary>
    public long Id;

    /// <summary>The image_id or video_id, when it is a plain integer.</summary>
    public long SampleId;

    /// <summary>The member <c>area</c>, or one of the two values above.</summary>
    public double Area;

    /// <summary>Length of the record in bytes.</summary>
    public int LengthBytes;

    /// <summary>Ordinal of the image or video; -1 when there is no such one.</summary>
    public int Sample;

    /// <summary>Number of the category id in the index's table; -1 when the record has none.</summary>
    public int Category;

    /// <summary>iscrowd.</summary>
    public CrowdMark Crowd;

    /// <summary>How the shape is written.</summary>
    public ShapeMark Shape;

    /// <summary>What else there is to know.</summary>
    public EntryMarks Marks;
}
