using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Writes what stands around the records: the top-level members, in the order of the source.</summary>
internal sealed class AnnotationDocument(AnnotationLayout layout, DatasetInfo info, StreamOutput output)
{
    private const string Annotations = "annotations", Categories = "categories";

    private bool _isFirst = true;

    /// <summary>Writes a dataset.</summary>
    public void Write(
        int sampleCount, Action<StreamOutput> writeSamples, int annotationCount, Action<StreamOutput> writeAnnotations)
    {
        var lists = new Dictionary<string, (bool Flows, Action Write)>(StringComparer.Ordinal)
        {
            [layout.List] = (sampleCount > 0, () => WriteList(layout.List, sampleCount, writeSamples)),
            [Annotations] = (annotationCount > 0, () => WriteList(Annotations, annotationCount, writeAnnotations)),
            [Categories] = (info.Taxonomy.IsDeclared, WriteCategories),
        };
        output.Write("{"u8);
        if (info.Document.IsEmpty)
        {
            WriteName("info");
            output.Write("{}"u8);
            WriteName("licenses");
            output.Write("[]"u8);
        }

        for (int i = 0; i < info.Document.Length; i++) WriteMember(i, lists);
        foreach (string name in (string[])[layout.List, Annotations, Categories])
            if (lists.Remove(name, out var list) && (list.Flows || IsNeeded(name))) list.Write();
        output.Write("}\n"u8);
    }

    /// <summary>True for a list that a file must have even when it is empty, and that nothing stands for.</summary>
    private bool IsNeeded(string name) => name == Annotations
        ? info.Document.IsEmpty
        : name == layout.List && !info.Document.Any(m => m.Name == name);

    /// <summary>Writes a list of results.</summary>
    public void WriteResults(int count, Action<StreamOutput> write)
    {
        WriteItems(count, write);
        output.Write("\n"u8);
    }

    /// <summary>
    /// A list goes where the last member of its name stood. What stood there instead of a list (null, mostly) stays
    /// when there is no list to write.
    /// </summary>
    private void WriteMember(int place, Dictionary<string, (bool Flows, Action Write)> lists)
    {
        DocumentMember member = info.Document[place];
        bool isLast = !info.Document.Skip(place + 1).Any(m => m.Name == member.Name);
        if (isLast && lists.TryGetValue(member.Name, out var list) && (member.Value is null || list.Flows))
        {
            lists.Remove(member.Name);
            list.Write();
        }
        else if (member.Value is { } value)
        {
            WriteName(member.Name);
            output.Copy(value);
        }
    }

    private void WriteName(string name)
    {
        if (!_isFirst) output.Write(",\n"u8);
        _isFirst = false;
        JsonText.WriteString(output, name);
        output.Write(": "u8);
    }

    private void WriteList(string name, int count, Action<StreamOutput> write)
    {
        WriteName(name);
        WriteItems(count, write);
    }

    private void WriteItems(int count, Action<StreamOutput> write)
    {
        output.Write(count > 0 ? "[\n"u8 : "["u8);
        write(output);
        output.Write(count > 0 ? "\n]"u8 : "]"u8);
    }

    private void WriteCategories() => WriteList(Categories, info.Taxonomy.Categories.Length, _ =>
    {
        for (int i = 0; i < info.Taxonomy.Categories.Length; i++)
        {
            if (i > 0) output.Write(",\n"u8);
            WriteCategory(info.Taxonomy.Categories[i]);
        }
    });

    private void WriteCategory(Category category)
    {
        if (category.SourceRecord is { } source)
        {
            output.Copy(source);
            return;
        }

        output.Write("{\"id\": "u8);
        JsonText.WriteRaw(output, category.Id.JsonText);
        WriteText(", \"name\": "u8, category.Name);
        WriteText(", \"supercategory\": "u8, category.Supercategory);
        output.Write("}"u8);
    }

    private void WriteText(ReadOnlySpan<byte> name, string? text)
    {
        if (text is null) return;
        output.Write(name);
        JsonText.WriteString(output, text);
    }
}
