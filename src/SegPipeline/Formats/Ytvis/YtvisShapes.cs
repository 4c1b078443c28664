using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Formats.Ytvis;

/// <summary>Writes the per-frame lists of one annotation.</summary>
internal readonly struct YtvisShapes(Sample sample, Instance instance)
{
    /// <summary>Sets the shapes; removes them when there is no list of them.</summary>
    /// <exception cref="BadDataException">There are more or fewer than frames.</exception>
    public void SetSegmentations(RecordEdit edit, string name)
    {
        ImmutableArray<Segmentation> shapes = Checked(instance.Segmentations, name);
        if (shapes.IsEmpty)
        {
            edit.Remove(name);
            return;
        }

        TextBuffer text = Begin(edit, name);
        for (int i = 0; i < shapes.Length; i++)
        {
            if (i > 0) text.Write(", "u8);
            SegmentationText.Write(text, IsAbsent(shapes[i]) ? Segmentation.Null : shapes[i]);
        }

        text.Write("]"u8);
    }

    /// <summary>Sets the areas.</summary>
    public void SetAreas(RecordEdit edit, string name) => SetAreas(edit, name, []);

    /// <summary>Sets the boxes.</summary>
    public void SetBoxes(RecordEdit edit, string name) => SetBoxes(edit, name, []);

    /// <summary>Sets areas and boxes; what the instance does not state is measured on its masks.</summary>
    public void SetMeasures(RecordEdit edit, string areas, string boxes)
    {
        bool isStated = !instance.AreasPx.IsDefaultOrEmpty && !instance.Boxes.IsDefaultOrEmpty;
        Mask?[] masks = isStated ? [] : Masks();
        SetBoxes(edit, boxes, masks);
        SetAreas(edit, areas, masks);
    }

    private void SetAreas(RecordEdit edit, string name, Mask?[] masks)
    {
        ImmutableArray<double?> stated = Checked(instance.AreasPx, name);
        int count = Math.Max(stated.Length, masks.Length);
        if (count == 0)
        {
            edit.Remove(name);
            return;
        }

        TextBuffer text = Begin(edit, name);
        for (int i = 0; i < count; i++)
        {
            if (i > 0) text.Write(", "u8);
            if ((stated.IsEmpty ? masks[i]?.AreaPx : stated[i]) is { } area) JsonText.WriteNumber(text, area);
            else text.Write("null"u8);
        }

        text.Write("]"u8);
    }

    private void SetBoxes(RecordEdit edit, string name, Mask?[] masks)
    {
        ImmutableArray<Box?> stated = Checked(instance.Boxes, name);
        int count = Math.Max(stated.Length, masks.Length);
        if (count == 0)
        {
            edit.Remove(name);
            return;
        }

        TextBuffer text = Begin(edit, name);
        for (int i = 0; i < count; i++)
        {
            if (i > 0) text.Write(", "u8);
            Box? box = stated.IsEmpty ? masks[i] is { } mask ? Box.Of(mask) : null : stated[i];
            if (box is { } known) BoxJson.Write(text, known);
            else text.Write("null"u8);
        }

        text.Write("]"u8);
    }

    private Mask?[] Masks()
    {
        ImmutableArray<Segmentation> shapes = Checked(instance.Segmentations, "segmentations");
        var masks = new Mask?[shapes.Length];
        for (int i = 0; i < masks.Length; i++)
        {
            if (IsAbsent(shapes[i])) continue;
            Frame frame = sample.Frames[i];
            if (shapes[i] is MaskSegmentation runs) masks[i] = runs.Mask;
            else if (frame is { HeightPx: > 0, WidthPx: > 0 })
                masks[i] = shapes[i].ToMask(frame.HeightPx, frame.WidthPx);
        }

        return masks;
    }

    /// <summary>
    /// True when the object is not in the frame. A region of a label image that has no pixel is absent from it; run
    /// lengths without foreground that a source wrote are another state, and stay.
    /// </summary>
    private static bool IsAbsent(Segmentation shape) => shape switch
    {
        MaskSegmentation { WrittenAs: SegmentationForm.LabelRegion } region => region.Mask.IsEmpty,
        _ => shape.Form is SegmentationForm.Missing or SegmentationForm.Null,
    };

    private static TextBuffer Begin(RecordEdit edit, string name)
    {
        TextBuffer text = edit.Set(name);
        text.Write("["u8);
        return text;
    }

    private ImmutableArray<T> Checked<T>(ImmutableArray<T> values, string name)
    {
        if (values.IsDefaultOrEmpty) return [];
        if (values.Length == sample.Frames.Length) return values;
        throw new BadDataException(new Problem("FRAME_COUNT",
            $"expected {sample.Frames.Length} {name}, one for each frame of '{sample.Key}', found {values.Length}")
        {
            Record = instance.Id is { } id ? $"annotation {id}" : null,
            Remedy = "give null for each frame that the object is absent from",
        });
    }
}
