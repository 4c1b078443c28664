using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>What the labels of a dataset stand for: a category, void, background, or nothing that is known.</summary>
internal sealed class LabelMeanings
{
    private readonly HashSet<long> _void;
    private readonly long? _background;
    private readonly HashSet<long>? _categories;

    /// <summary>Joins what the stage and its taxonomy say.</summary>
    public LabelMeanings(LabelMapsReader stage, LabelTaxonomy? taxonomy)
    {
        bool hasZero = taxonomy?.Categories.Any(c => c.Id == new RecordId(0)) ?? false;
        _void = [.. stage.Void.Where(v => v.Value is not null).Select(v => (long)v.Value!)];
        if (stage.Void is [{ IsAutomatic: true }] && !hasZero && stage.Background.Value != 0) _void.Add(0);
        _background = stage.Background.Value;
        Taxonomy = taxonomy is null ? Taxonomy.Undeclared : new Taxonomy(
            [.. taxonomy.Categories.Where(c => !IsNothing(c.Id.Number))], IsDeclared: true);
        _categories = taxonomy is null ? null : [.. Taxonomy.Categories.Select(c => c.Id.Number)];
        Colors = taxonomy?.Colors;
        ColorLabels = taxonomy?.ColorLabels ?? [];
    }

    /// <summary>The categories; what is void or background is none.</summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>The colours of labels; null when the taxonomy gives none.</summary>
    public Palette? Colors { get; }

    /// <summary>The label of each entry of <see cref="Colors"/>.</summary>
    public IReadOnlyList<long> ColorLabels { get; }

    /// <summary>Sorts out a label: true for a category.</summary>
    /// <param name="label">The label, offset included.</param>
    /// <param name="region">Its pixels.</param>
    /// <param name="place">The file it stands in.</param>
    /// <exception cref="BadDataException"><c>UNKNOWN_LABEL</c>: the taxonomy does not have it.</exception>
    public bool IsCategory(long label, LabelRegion region, string place)
    {
        if (IsNothing(label)) return false;
        if (_categories is null ? label >= 0 : _categories.Contains(label)) return true;
        (int x, int y) = FirstPixel(region.Mask);
        string number = label.ToString(CultureInfo.InvariantCulture);
        throw new BadDataException(new Problem("UNKNOWN_LABEL",
            $"expected labels of the taxonomy, found {number}, " +
            $"{Counted.Of(region.Mask.AreaPx, "pixel")}, first at ({x}, {y})")
        {
            File = place,
            Remedy = $"add it to the taxonomy, or set void: {Math.Max(label, 0)}, background or label_offset",
        });
    }

    /// <summary>True when pixels of a label count for nothing.</summary>
    public bool IsVoid(long label) => _void.Contains(label);

    private bool IsNothing(long label) => IsVoid(label) || label == _background;

    private static (int X, int Y) FirstPixel(Mask mask)
    {
        int first = (int)mask.ToCanonical().Counts[0];
        return (first / mask.HeightPx, first % mask.HeightPx);
    }
}
