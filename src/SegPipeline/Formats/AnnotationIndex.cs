using System.Runtime.InteropServices;
using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Where everything stands in an annotation file: what one scan finds, in the file's order.</summary>
internal sealed class AnnotationIndex
{
    private const int MaxPlainDigits = 18;

    private readonly Dictionary<long, int> _categoryOfNumber = [];
    private readonly Dictionary<string, int> _categoryOfText = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _oddIds = [];
    private readonly Dictionary<int, string> _oddSampleIds = [];

    /// <summary>The images or videos.</summary>
    public List<SampleEntry> Samples { get; } = [];

    /// <summary>The annotations.</summary>
    public SegmentedList<AnnotationEntry> Annotations { get; } = new();

    /// <summary>The records of the categories.</summary>
    public List<JsonRange> Categories { get; } = [];

    /// <summary>The top-level members, in order; empty for a list of results.</summary>
    public List<DocumentMember> Document { get; } = [];

    /// <summary>True when the file is a list of results.</summary>
    public bool IsResults { get; set; }

    /// <summary>True when the file has a list of categories.</summary>
    public bool HasCategories { get; set; }

    /// <summary>The ids of categories that annotations name; an annotation holds its place in this list.</summary>
    public List<RecordId> CategoryIds { get; } = [];

    /// <summary>The id of an annotation; null when it has none.</summary>
    public RecordId? AnnotationId(int ordinal)
    {
        ref AnnotationEntry entry = ref Annotations[ordinal];
        if ((entry.Marks & EntryMarks.HasId) == 0) return null;
        return (entry.Marks & EntryMarks.OddId) == 0 ? new RecordId(entry.Id) : RecordId.FromJson(_oddIds[ordinal]);
    }

    /// <summary>The image or video id of an annotation, as it wrote it; null when it has none.</summary>
    public RecordId? SampleId(int ordinal)
    {
        ref AnnotationEntry entry = ref Annotations[ordinal];
        if ((entry.Marks & EntryMarks.HasSampleId) == 0) return null;
        return (entry.Marks & EntryMarks.OddSampleId) == 0
            ? new RecordId(entry.SampleId)
            : RecordId.FromJson(_oddSampleIds[ordinal]);
    }

    /// <summary>An annotation as messages name it: by id, or by place when it has none.</summary>
    public string NameOf(int ordinal) =>
        AnnotationId(ordinal) is { } id ? $"annotation {id.JsonText}" : $"annotations[{ordinal}]";

    /// <summary>Sets the id of the annotation that will be added next.</summary>
    public void SetId(ref AnnotationEntry entry, ReadOnlySpan<byte> json)
    {
        entry.Marks |= EntryMarks.HasId;
        if (IsPlain(json, out entry.Id)) return;
        entry.Marks |= EntryMarks.OddId;
        _oddIds[Annotations.Count] = Encoding.UTF8.GetString(json);
    }

    /// <summary>Sets the image or video id of the annotation that will be added next.</summary>
    public void SetSampleId(ref AnnotationEntry entry, ReadOnlySpan<byte> json)
    {
        entry.Marks |= EntryMarks.HasSampleId;
        if (IsPlain(json, out entry.SampleId)) return;
        entry.Marks |= EntryMarks.OddSampleId;
        _oddSampleIds[Annotations.Count] = Encoding.UTF8.GetString(json);
    }

    /// <summary>The number under which <see cref="CategoryIds"/> holds a category id.</summary>
    public int CategoryNumber(ReadOnlySpan<byte> json)
    {
        string? text = null;
        ref int number = ref IsPlain(json, out long id)
            ? ref CollectionsMarshal.GetValueRefOrAddDefault(_categoryOfNumber, id, out bool isKnown)
            : ref CollectionsMarshal.GetValueRefOrAddDefault(
                _categoryOfText, text = Encoding.UTF8.GetString(json), out isKnown);
        if (isKnown) return number;
        CategoryIds.Add(text is null ? new RecordId(id) : RecordId.FromJson(text));
        return number = CategoryIds.Count - 1;
    }

    /// <summary>Forgets the annotations; another list of the same name follows.</summary>
    public void ClearAnnotations()
    {
        Annotations.Clear();
        _oddIds.Clear();
        _oddSampleIds.Clear();
    }

    /// <summary>True when a token is an integer of up to 18 digits exactly as a program would write it.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> json, out long value)
    {
        value = 0;
        bool isNegative = json[0] == '-';
        ReadOnlySpan<byte> digits = json[(isNegative ? 1 : 0)..];
        if (digits.Length is 0 or > MaxPlainDigits || (digits[0] == '0' && json.Length > 1)) return false;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (digit - '0');
        }

        if (isNegative) value = -value;
        return true;
    }
}
