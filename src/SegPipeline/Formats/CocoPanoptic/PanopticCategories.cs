using System.Text;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>The categories of a panoptic file: things and stuff, and their colours.</summary>
internal sealed class PanopticCategories
{
    private readonly HashSet<RecordId> _stuff = [];
    private readonly Dictionary<RecordId, uint> _colors = [];

    /// <summary>Completes the categories of a dataset.</summary>
    /// <param name="taxonomy">The categories; what their records lack of isthing and color is added.</param>
    /// <param name="warn">Told of what was added.</param>
    public PanopticCategories(Taxonomy taxonomy, Action<string> warn)
    {
        int unclear = 0;
        Taxonomy = taxonomy with
        {
            Categories = [.. taxonomy.Categories.Select((c, i) => Complete(c, i, ref unclear))],
        };
        if (unclear > 0) warn(Counted.Of(unclear, "category does", "categories do") +
            " not say isthing, which is written as that of a thing");
    }

    /// <summary>The categories, each with isthing and color.</summary>
    public Taxonomy Taxonomy { get; }

    /// <summary>True for categories of stuff.</summary>
    public bool IsStuff(RecordId? category) => category is { } id && _stuff.Contains(id);

    /// <summary>The colour of a category as a segment id; 1 where it has none.</summary>
    public uint ColorOf(RecordId? category) =>
        category is { } id && _colors.TryGetValue(id, out uint color) && color > 0 ? color : 1;

    private Category Complete(Category category, int place, ref int unclear)
    {
        try
        {
            return WithMembers(category, place, ref unclear);
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(new Problem(e.Code, e.Message)
            {
                File = category.SourceRecord?.File.Path,
                ByteOffset = category.SourceRecord?.Offset,
                Record = $"category {category.Id}",
                Remedy = e.Remedy ?? "correct the record",
            }, e);
        }
    }

    private Category WithMembers(Category category, int place, ref int unclear)
    {
        byte[] record = category.SourceRecord?.Load() ?? NewRecord(category);
        using var edit = new RecordEdit();
        bool saysThing = JsonMembers.TryFind(record, "isthing"u8, out ReadOnlySpan<byte> isThing);
        if (!saysThing)
        {
            unclear++;
            edit.SetRaw("isthing", "1");
        }
        else if (isThing is [(byte)'0'] || isThing[0] == 'f')
        {
            _stuff.Add(category.Id);
        }
        if (ColorIn(record) is { } color)
        {
            _colors[category.Id] = color;
            if (saysThing) return category;
        }
        else
        {
            (byte red, byte green, byte blue) = Palette.Voc[place % (Palette.MaxCount - 1) + 1];
            _colors[category.Id] = red | (uint)green << 8 | (uint)blue << 16;
            edit.SetRaw("color", $"[{red}, {green}, {blue}]");
        }
        using var text = new TextBuffer();
        edit.Write(record, text);
        return category with { SourceRecord = JsonSlice.FromText(Encoding.UTF8.GetString(text.Written)) };
    }

    private static byte[] NewRecord(Category category)
    {
        using var text = new TextBuffer();
        var record = new JsonObjectText(text);
        record.Raw("id", category.Id.JsonText);
        if (category.Name is { } name) record.Text("name", name);
        if (category.Supercategory is { } supercategory) record.Text("supercategory", supercategory);
        record.End();
        return text.Written.ToArray();
    }

    private static uint? ColorIn(byte[] record)
    {
        if (!JsonMembers.TryFind(record, "color"u8, out ReadOnlySpan<byte> json) || json[0] != '[') return null;
        double[] parts = JsonLists.ReadNumbers(json, "color");
        return parts.Length == 3 && parts.All(p => p is >= 0 and <= 255)
            ? (uint)parts[0] | (uint)parts[1] << 8 | (uint)parts[2] << 16
            : null;
    }
}
