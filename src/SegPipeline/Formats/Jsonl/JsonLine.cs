using System.Buffers;
using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.Jsonl;

/// <summary>Writes samples as lines of JSON; what a sample does not have is left out. See the README.</summary>
internal sealed class JsonLine
{
    private readonly Dictionary<RecordId, string> _names = [];

    /// <summary>Writes samples of a dataset with given categories.</summary>
    public JsonLine(Taxonomy taxonomy)
    {
        foreach (Category category in taxonomy.Categories)
            if (category.Name is not null) _names.TryAdd(category.Id, category.Name);
    }

    /// <summary>Writes a line, its end included.</summary>
    public void Write(IBufferWriter<byte> output, Sample sample)
    {
        var members = new JsonObjectText(output);
        members.Text("key", sample.Key);
        if (sample.Rejection is { } rejection) WriteRejection(members, rejection);
        else WriteSample(members, sample);
        members.End();
        output.Write("\n"u8);
    }

    private static void WriteRejection(JsonObjectText members, Rejection rejection)
    {
        members.Text("stage", rejection.Stage);
        members.List("problems", rejection.Problems, (output, problem) =>
        {
            var item = new JsonObjectText(output);
            item.Text("code", problem.Code);
            item.Text("message", problem.Message);
            if (problem.File is { } file) item.Text("file", file);
            if (problem.ByteOffset is { } offset) item.Number("byte", offset);
            if (problem.Line is { } line) item.Number("line", line);
            if (problem.Record is { } record) item.Text("record", record);
            if (problem.Remedy is { } remedy) item.Text("remedy", remedy);
            item.End();
        });
    }

    private void WriteSample(JsonObjectText members, Sample sample)
    {
        bool isVideo = sample.Kind == SampleKind.Video;
        if (sample.Id is { } id) members.Raw("id", id.JsonText);
        if (!sample.Frames.IsEmpty && sample.Frame is { WidthPx: > 0, HeightPx: > 0 } frame)
        {
            members.Number("width", frame.WidthPx);
            members.Number("height", frame.HeightPx);
        }
        members.List("frames", sample.Frames, (output, f) => JsonText.WriteString(output, f.Name));
        if (isVideo) members.List("positions", sample.Frames, (output, f) => JsonText.WriteNumber(output, f.Position));
        members.List("instances", sample.Instances, (output, i) => WriteInstance(output, i, isVideo));
    }

    private void WriteInstance(IBufferWriter<byte> output, Instance instance, bool isVideo)
    {
        var members = new JsonObjectText(output);
        if (instance.Id is { } id) members.Raw("id", id.JsonText);
        if (instance.CategoryId is { } category)
        {
            members.Raw("category_id", category.JsonText);
            if (_names.TryGetValue(category, out string? name)) members.Text("category", name);
        }
        if (instance.IsCrowd is { } isCrowd) members.Number("iscrowd", isCrowd ? 1 : 0);
        Write(members, isVideo, "area", "areas", instance.AreasPx, WriteArea);
        Write(members, isVideo, "bbox", "bboxes", instance.Boxes, WriteBox);
        Write(members, isVideo, "segmentation", "segmentations", instance.Segmentations, WriteShape);
        if (instance.Score is { } score && double.IsFinite(score)) members.Number("score", score);
        foreach ((string extra, string json) in instance.ExtraMembers) members.Raw(extra, json);
        members.End();
    }

    private static void Write<T>(
        JsonObjectText members, bool isVideo, string one, string many, ImmutableArray<T> values,
        Action<IBufferWriter<byte>, T> write)
    {
        if (values.IsDefaultOrEmpty) return;
        if (!isVideo && values[0] is Segmentation { Form: SegmentationForm.Missing }) return;
        if (isVideo) members.List(many, values, write);
        else members.Value(one, values[0], write);
    }

    private static void WriteArea(IBufferWriter<byte> output, double? areaPx)
    {
        if (areaPx is { } known && double.IsFinite(known)) JsonText.WriteNumber(output, known);
        else output.Write("null"u8);
    }

    private static void WriteBox(IBufferWriter<byte> output, Box? box)
    {
        double[] numbers = box is { } b ? [b.X, b.Y, b.Width, b.Height] : [];
        if (numbers.Length > 0 && numbers.All(double.IsFinite)) SegmentationText.WriteNumbers(output, numbers);
        else output.Write("null"u8);
    }

    private static void WriteShape(IBufferWriter<byte> output, Segmentation shape)
    {
        if (shape.Form == SegmentationForm.Missing) output.Write("null"u8);
        else SegmentationText.Write(output, shape);
    }
}
