using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.Triplets;

/// <summary>The categories of a folder of triplets, and which of them each name means.</summary>
internal sealed class TripletClasses
{
    private readonly RecordId? _only;
    private readonly ClassWords _words;

    /// <summary>Decides for all names.</summary>
    /// <param name="stage">The reader.</param>
    /// <param name="layout">The layout of the names.</param>
    /// <param name="names">The names.</param>
    public TripletClasses(TripletsReader stage, TripletLayout layout, IEnumerable<TripletName> names)
    {
        if (stage.Category is { } category)
        {
            _only = new RecordId(1);
            Taxonomy = new Taxonomy([new Category(_only.Value, category)], IsDeclared: true);
        }
        else
        {
            Taxonomy = stage.Taxonomy is { } file ? new Taxonomy(LabelTaxonomy.Read(file).Categories, IsDeclared: true)
                : layout == TripletLayout.AdeSplit ? Taxonomy.Undeclared
                : VocClasses.Voc;
        }
        var rest = new RecordId(0);
        // The split of ADE20K takes the pixels without a class for one.
        if (layout == TripletLayout.AdeSplit && Taxonomy.IsDeclared && _only is null && Taxonomy.Find(rest) is null &&
            names.Any(n => n.Label == 0))
            Taxonomy = Taxonomy with { Categories = Taxonomy.Categories.Insert(0, new Category(rest, "rest")) };
        _words = new ClassWords(Taxonomy);
    }

    /// <summary>The categories.</summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>The category of an object; null when its name tells none that there is.</summary>
    public RecordId? Of(TripletName name)
    {
        if (_only is not null) return _only;
        if (name.Label is not { } label) return _words.Find(name.Name);
        var id = new RecordId(label);
        return !Taxonomy.IsDeclared || Taxonomy.Find(id) is not null ? id : null;
    }

    /// <summary>Why an object has no category.</summary>
    public static Problem Unknown(TripletName name) => name.Label is { } label
        ? new Problem("UNKNOWN_CLASS", $"expected a class of the taxonomy, found {label}")
        {
            Record = name.Name,
            Remedy = "name a file with the classes as 'taxonomy', or set category: object",
        }
        : new Problem("NO_CLASS", "expected the name of a class as a word of the name, found none")
        {
            Record = name.Name,
            Remedy = "set category: object, or name a file with the classes as 'taxonomy'",
        };
}
