using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>What is written about a video beside its images.</summary>
internal static class VideoText
{
    /// <summary>Its entry of a meta file: name, and objects with category and frames.</summary>
    public static byte[] MetaOf(FrameName[] names, PaintedObject[] objects, Taxonomy taxonomy)
    {
        using var text = new TextBuffer();
        JsonText.WriteString(text, names[0].Folder.Value);
        text.Write(":{\"objects\":{"u8);
        for (int i = 0; i < objects.Length; i++)
        {
            text.Write(i == 0 ? "\""u8 : ",\""u8);
            JsonText.WriteNumber(text, objects[i].Label);
            text.Write("\":{"u8);
            if (CategoryOf(objects[i], taxonomy) is { } category)
            {
                text.Write("\"category\":"u8);
                JsonText.WriteString(text, category);
                text.Write(","u8);
            }
            WriteFrames(text, names, objects[i]);
        }
        text.Write("}}"u8);
        return text.Written.ToArray();
    }

    /// <summary>Its lines of an id map.</summary>
    public static byte[] IdMapOf(ReleaseName folder, PaintedObject[] objects, Taxonomy taxonomy)
    {
        using var text = new TextBuffer();
        foreach (PaintedObject thing in objects)
        {
            text.Write("{\"video\":"u8);
            JsonText.WriteString(text, folder.Value);
            text.Write(",\"label\":"u8);
            JsonText.WriteNumber(text, thing.Label);
            text.Write(",\"id\":"u8);
            JsonText.WriteRaw(text, thing.Instance.Id?.JsonText ?? "null");
            text.Write(",\"object_id\":"u8);
            JsonText.WriteRaw(text, thing.Instance.MemberText("object_id") ?? "null");
            if (CategoryOf(thing, taxonomy) is { } category)
            {
                text.Write(",\"category\":"u8);
                JsonText.WriteString(text, category);
            }
            text.Write("}\n"u8);
        }
        return text.Written.ToArray();
    }

    private static void WriteFrames(TextBuffer text, FrameName[] names, PaintedObject thing)
    {
        text.Write("\"frames\":["u8);
        bool isFirst = true;
        for (int i = 0; i < names.Length; i++)
        {
            if (!thing.IsSeenIn(i)) continue;
            if (!isFirst) text.Write(","u8);
            isFirst = false;
            JsonText.WriteString(text, names[i].Stem);
        }
        text.Write("]}"u8);
    }

    private static string? CategoryOf(PaintedObject thing, Taxonomy taxonomy) =>
        thing.Instance.CategoryId is { } id ? taxonomy.Find(id)?.Name : null;
}
