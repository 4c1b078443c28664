using System.Buffers;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Which lists of a file are taken into the index.</summary>
[Flags]
internal enum AnnotationLists
{
    /// <summary>Samples and categories: of a file that only describes them.</summary>
    Surroundings = 1,

    /// <summary>Annotations: of a list of results.</summary>
    Annotations = 2,

    /// <summary>Everything.</summary>
    All = Surroundings | Annotations,
}

/// <summary>Builds a <see cref="AnnotationIndex"/> from what a scan finds.</summary>
internal sealed class AnnotationFileIndexer(
    SourceFile file, AnnotationIndex index, AnnotationLayout layout, SampleIndexer samples, AnnotationLists takes)
    : RecordSink
{
    private readonly AnnotationIndexer _annotations = new(index, layout);
    private readonly RepeatedMembers _repeated = new();
    private List _list;
    private long _notNumbers;
    private long? _firstNotNumber;

    private enum List
    {
        None,
        Samples,
        Annotations,
        Categories,
        PassedOver,
    }

    public override bool BeginMember(string? name)
    {
        _list = name switch
        {
            null => takes == AnnotationLists.Annotations ? List.Annotations : List.None,
            _ when name == layout.List => takes.HasFlag(AnnotationLists.Surroundings) ? List.Samples : List.PassedOver,
            "categories" => takes.HasFlag(AnnotationLists.Surroundings) ? List.Categories : List.PassedOver,
            "annotations" => takes.HasFlag(AnnotationLists.Annotations) ? List.Annotations : List.PassedOver,
            _ => List.None,
        };
        if (name is not null && index.Document.Exists(m => m.Name == name && m.Value is null)) Forget(name);
        return _list != List.None;
    }

    public override void EndMember(string? name, JsonRange value, bool isRecordList)
    {
        index.IsResults |= name is null;
        if (name is null || !takes.HasFlag(AnnotationLists.Surroundings)) return;
        if (index.Document.Exists(m => m.Name == name)) _repeated.Add(name, "the file");
        JsonSlice? slice = isRecordList ? null : new JsonSlice(file, value.Offset, value.LengthBytes);
        index.Document.Add(new DocumentMember(name, slice));
        index.HasCategories |= isRecordList && _list == List.Categories;
    }

    public override void BeginRecord()
    {
        if (_list == List.Annotations) _annotations.Begin();
        else if (_list == List.Samples) samples.Begin();
    }

    public override int FindMember(ReadOnlySpan<byte> name) => _list switch
    {
        List.Annotations => _annotations.Find(name),
        List.Samples => samples.Find(name),
        _ => -1,
    };

    public override void Scalar(int member, ReadOnlySpan<byte> json, long offset)
    {
        if (_list == List.Annotations) _annotations.Scalar(member, json);
        else samples.Scalar(member, json);
    }

    public override void Composite(int member, byte bracket, long offset)
    {
        if (_list == List.Annotations) _annotations.Composite(member, bracket);
        else samples.Composite(member);
    }

    public override void Nested(int member)
    {
        if (_list == List.Annotations) _annotations.Nested(member);
    }

    public override void NotANumber(long offset)
    {
        _firstNotNumber ??= offset;
        _notNumbers++;
        if (_list == List.Annotations) _annotations.NotANumber();
    }

    public override void EndRecord(JsonRange record)
    {
        switch (_list)
        {
            case List.Annotations:
                _annotations.End(record);
                if (_annotations.Repeated is { } member)
                    _repeated.Add(member, index.NameOf(index.Annotations.Count - 1));
                break;
            case List.Samples:
                samples.End(record);
                if (samples.Repeated is { } name) _repeated.Add(name, $"{layout.Sample} {index.Samples[^1].Id}");
                break;
            case List.Categories:
                index.Categories.Add(record);
                break;
        }
    }

    /// <summary>A list comes a second time: the last one counts.</summary>
    private void Forget(string name)
    {
        _repeated.Add(name, "the file");
        index.Document.RemoveAll(m => m.Name == name && m.Value is null);
        if (_list == List.Samples) index.Samples.Clear();
        if (_list == List.Annotations) index.ClearAnnotations();
        if (_list != List.Categories) return;
        index.Categories.Clear();
        index.HasCategories = false;
    }

    /// <summary>Tells what was found and passed over.</summary>
    public void Report(Action<string> warn)
    {
        _repeated.Report(file, warn);
        if (_firstNotNumber is { } first)
            warn($"{file.Path} has NaN or Infinity, which are not JSON, in " +
                $"{Counted.Of(_notNumbers, "place")}, first at byte {first}; " +
                "records are kept as they are, the values cannot be used");
    }
}
