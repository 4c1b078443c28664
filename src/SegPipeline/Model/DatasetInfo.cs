using System.Collections.Immutable;

namespace SegPipeline.Model;

/// <summary>A class that instances belong to, with its id as in the source.</summary>
/// <param name="Id">Id; need not be contiguous, may be 0.</param>
/// <param name="Name">Name as written, blanks included; null when the record has none.</param>
/// <param name="Supercategory">Supercategory; null when the record has none.</param>
public sealed record Category(RecordId Id, string? Name, string? Supercategory = null)
{
    /// <summary>The record as the source wrote it; null when a stage made or changed the category.</summary>
    public JsonSlice? SourceRecord { get; init; }
}

/// <summary>The categories of a dataset, in the source's order.</summary>
/// <param name="Categories">The categories.</param>
/// <param name="IsDeclared">False when the source has no list of categories at all (captions).</param>
public sealed record Taxonomy(ImmutableArray<Category> Categories, bool IsDeclared)
{
    /// <summary>The taxonomy of a dataset that declares none.</summary>
    public static Taxonomy Undeclared { get; } = new([], IsDeclared: false);

    /// <summary>Finds a category by id; null when there is none.</summary>
    public Category? Find(RecordId id) => Categories.FirstOrDefault(c => c.Id == id);
}

/// <summary>A member at the top of a JSON dataset file, in the file's order.</summary>
/// <param name="Name">Its name: <c>info</c>, <c>licenses</c>, <c>images</c>, ...</param>
/// <param name="Value">Its text; null for the lists that flow as samples, instances and categories.</param>
public sealed record DocumentMember(string Name, JsonSlice? Value);

/// <summary>What is known about a dataset before any sample is read.</summary>
public sealed record DatasetInfo
{
    /// <summary>Whether its samples are images or videos.</summary>
    public SampleKind Kind { get; init; }

    /// <summary>Its categories.</summary>
    public Taxonomy Taxonomy { get; init; } = Taxonomy.Undeclared;

    /// <summary>The top-level members of the file it came from, in order; empty for formats that are not one JSON
    /// file.</summary>
    public ImmutableArray<DocumentMember> Document { get; init; } = [];

    /// <summary>True when the dataset is only a list of results, without images and categories of its own.</summary>
    public bool IsResults { get; init; }
}
