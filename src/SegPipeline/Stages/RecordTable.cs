using System.Collections.Immutable;

namespace SegPipeline.Stages;

/// <summary>
/// A table of records that a writer has put into files of the release, told so that other programs can load it: it
/// stands in <c>croissant.json</c>, and tables that have columns and a split stand in the dataset card as well.
/// </summary>
/// <param name="Name">Its name among the tables of its writer: <c>images</c>, <c>annotations</c>.</param>
/// <param name="Files">The file it is in, or the files by a pattern in which <c>*</c> stands for any letters but
/// <c>/</c>.</param>
/// <param name="Fields">What each record has.</param>
public sealed record RecordTable(string Name, string Files, ImmutableArray<RecordField> Fields)
{
    /// <summary>What a record is, as a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>The split that all its records belong to; null when that is not known.</summary>
    public string? Split { get; init; }

    /// <summary>True when <see cref="Files"/> is a pattern.</summary>
    public bool IsOfManyFiles => Files.Contains('*', StringComparison.Ordinal);
}

/// <summary>A value that each record of a table has.</summary>
/// <param name="Name">Its name, unique within the table or within the field it is a part of.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where it is found.</param>
/// <param name="Path">Name of the column, or JSON path; empty for what is not found by one.</param>
public sealed record RecordField(string Name, FieldKind Kind, FieldPlace Place, string Path = "")
{
    /// <summary>What it means, where the name does not say; as a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>True when it tells the records apart.</summary>
    public bool IsKey { get; init; }

    /// <summary>How deep lists of such values lie in one another; 0 for a value alone.</summary>
    public int ListDepth { get; init; }

    /// <summary>Where the value is within that of the column; empty for the whole.</summary>
    public string Within { get; init; } = "";

    /// <summary>The field of another table of the same writer whose values these are: <c>images/id</c>; null for
    /// none.</summary>
    public string? References { get; init; }

    /// <summary>What a value consists of; empty for a plain one.</summary>
    public ImmutableArray<RecordField> Parts { get; init; } = [];
}

/// <summary>What a field holds.</summary>
public enum FieldKind
{
    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Text; also values whose form differs from record to record.</summary>
    Text,

    /// <summary>Boxes: x, y of the upper left corner, width, height, in pixels.</summary>
    Box,

    /// <summary>The bytes of pictures.</summary>
    Picture,

    /// <summary>Label images, whose pixels tell categories or objects.</summary>
    LabelImage,

    /// <summary>Values with parts.</summary>
    Group,
}

/// <summary>Where the values of a field are found.</summary>
public enum FieldPlace
{
    /// <summary>In a column of a table.</summary>
    Column,

    /// <summary>At a JSON path.</summary>
    JsonPath,

    /// <summary>The whole content of a file.</summary>
    Content,

    /// <summary>A line of a file.</summary>
    Line,

    /// <summary>The name of a file.</summary>
    FileName,
}
