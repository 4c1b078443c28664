using System.Text.Json;
using SegPipeline.Formats;
using SegPipeline.Formats.Coco;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Benchmarks.Coco;

/// <summary>
/// Reading and writing COCO files on one core, in kB/s of the file (2.00 M is 2 GB/s). The limit is reading the file,
/// which must be in the page cache, into a reused buffer.
/// </summary>
internal static class CocoBenchmark
{
    private const int BufferBytes = 1 << 18;

    private static readonly StageContext Context = new("bench", Seed: 1);

    /// <summary>Argument: a COCO file; without one, a generated file of 1 GB.</summary>
    public static void Run(string[] arguments)
    {
        string path = WorkloadFile.Full(arguments, at: 0);
        long kilobytes = new FileInfo(path).Length / 1000;
        double limit = Table.Rate(kilobytes, () => ReadBytes(path));
        Table.Write("find records, check all text", kilobytes, () => Scan(path), () => ReadTokens(path), limit);
        Table.Write("index: what read.coco opens", kilobytes, () => Open(path).Dispose(), limit);
        using OpenDataset data = Open(path);
        Table.Write("every coordinate", kilobytes, () => Visit(data, i => _ = i.Segmentation), limit);
        Table.Write("every box", kilobytes, () => Visit(data, i => _ = i.Box), limit);
        Table.Write("write untouched", kilobytes, () => Write(data, i => i), limit);
        Table.Write("write with new areas", kilobytes, () => Write(data, i => i with { AreasPx = [0.5] }), limit);
    }

    private static OpenDataset Open(string path) =>
        new CocoReader { Annotations = InputPath.Of(path) }.Open(Context);

    private static void ReadBytes(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        byte[] buffer = new byte[BufferBytes];
        for (long at = 0; file.Read(at, buffer) is > 0 and int got;) at += got;
    }

    private static void Scan(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        JsonRecordScanner.Scan(file, new NothingWanted(), _ => { });
    }

    private static void ReadTokens(string path)
    {
        using SourceFile file = SourceFile.Open(path);
        byte[] buffer = new byte[BufferBytes];
        var state = new JsonReaderState();
        int kept = 0;
        for (long at = 0; ;)
        {
            int got = file.Read(at, buffer.AsSpan(kept));
            var reader = new Utf8JsonReader(buffer.AsSpan(0, kept + got), isFinalBlock: got == 0, state);
            while (reader.Read())
            {
            }

            if (got == 0) return;
            at += got;
            state = reader.CurrentState;
            kept = kept + got - (int)reader.BytesConsumed;
            buffer.AsSpan((int)reader.BytesConsumed, kept).CopyTo(buffer);
        }
    }

    private static void Visit(OpenDataset data, Action<Instance> visit)
    {
        for (int i = 0; i < data.Plan.Count; i++)
            foreach (Instance instance in data.Read(i).Instances) visit(instance);
    }

    private static void Write(OpenDataset data, Func<Instance, Instance> change) =>
        Rewrite.Run(data, new CocoWriter { File = ReleaseName.From("out.json") }, change);

    /// <summary>Takes the lists of a COCO file as records and wants none of their members.</summary>
    private sealed class NothingWanted : RecordSink
    {
        public override bool BeginMember(string? name) => name is null or "images" or "annotations" or "categories";

        public override void EndMember(string? name, JsonRange value, bool isRecordList) { }

        public override void BeginRecord() { }

        public override int FindMember(ReadOnlySpan<byte> name) => -1;

        public override void Scalar(int member, ReadOnlySpan<byte> json, long offset) { }

        public override void Composite(int member, byte bracket, long offset) { }

        public override void NotANumber(long offset) { }

        public override void EndRecord(JsonRange record) { }
    }
}
