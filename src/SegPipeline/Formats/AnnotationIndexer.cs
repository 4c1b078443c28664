namespace SegPipeline.Formats;

/// <summary>
/// Takes the annotations of a scan into the index: ids, iscrowd, the area and how the shape is written; nothing of the
/// shapes themselves.
/// </summary>
internal sealed class AnnotationIndexer(AnnotationIndex index, AnnotationLayout layout)
{
    private const int Id = 0, SampleId = 1, CategoryId = 2, IsCrowd = 3, Area = 4, Shape = 5;

    private readonly MemberLookup _members =
        new("id", layout.IdMember, "category_id", "iscrowd", "area", "segmentation");
    private AnnotationEntry _entry;

    /// <summary>A member that the latest record has twice; null when there is none.</summary>
    public string? Repeated => _members.Repeated;

    /// <summary>A record begins.</summary>
    public void Begin()
    {
        _members.Begin();
        _entry = new AnnotationEntry { Sample = -1, Category = -1, Area = AnnotationEntry.NoArea };
    }

    /// <inheritdoc cref="RecordSink.FindMember"/>
    public int Find(ReadOnlySpan<byte> name) => _members.Find(name);

    /// <inheritdoc cref="RecordSink.Scalar"/>
    public void Scalar(int member, ReadOnlySpan<byte> json)
    {
        bool isNull = json[0] == 'n';
        switch (member)
        {
            case Id when isNull:
                _entry.Marks &= ~EntryMarks.HasId;
                break;
            case Id:
                _entry.Marks &= ~EntryMarks.OddId;
                index.SetId(ref _entry, json);
                break;
            case SampleId when isNull:
                _entry.Marks &= ~EntryMarks.HasSampleId;
                break;
            case SampleId:
                _entry.Marks &= ~EntryMarks.OddSampleId;
                index.SetSampleId(ref _entry, json);
                break;
            case CategoryId:
                _entry.Category = isNull ? -1 : index.CategoryNumber(json);
                break;
            case IsCrowd:
                _entry.Crowd = CrowdOf(json);
                break;
            case Area:
                _entry.Area = isNull || !JsonNumber.TryRead(json, out double area) ? AnnotationEntry.OddArea : area;
                break;
            case Shape:
                _entry.Shape = isNull ? ShapeMark.Null : ShapeMark.Odd;
                break;
        }
    }

    /// <summary>A wanted member is a list or object, which no id is.</summary>
    public void Composite(int member, byte bracket)
    {
        if (member == IsCrowd) _entry.Crowd = CrowdMark.Other;
        else if (member == Shape) _entry.Shape = bracket == '{' ? ShapeMark.Runs : ShapeMark.EmptyList;
        else Scalar(member, "null"u8);
    }

    /// <summary>A list or object stands in the value of a wanted member.</summary>
    public void Nested(int member)
    {
        if (member == Shape && _entry.Shape == ShapeMark.EmptyList) _entry.Shape = ShapeMark.Polygons;
    }

    /// <summary>NaN or Infinity stands in the record.</summary>
    public void NotANumber() => _entry.Marks |= EntryMarks.NotNumbers;

    /// <summary>The record has ended.</summary>
    public void End(JsonRange record)
    {
        _entry.Offset = record.Offset;
        _entry.LengthBytes = record.LengthBytes;
        index.Annotations.Add(_entry);
    }

    private static CrowdMark CrowdOf(ReadOnlySpan<byte> json)
    {
        if (json is [(byte)'0']) return CrowdMark.No;
        if (json is [(byte)'1']) return CrowdMark.Yes;
        if (json[0] == 'n') return CrowdMark.Absent;
        if (json[0] == 't') return CrowdMark.Yes;
        if (json[0] == 'f') return CrowdMark.No;
        return JsonNumber.TryReadWhole(json, out long number) && number is 0 or 1
            ? number == 1 ? CrowdMark.Yes : CrowdMark.No
            : CrowdMark.Other;
    }
}
