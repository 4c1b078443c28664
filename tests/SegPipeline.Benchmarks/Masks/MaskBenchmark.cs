using System.Buffers;
using SegPipeline.Masks;

namespace SegPipeline.Benchmarks.Masks;

/// <summary>
/// The hot paths of run lengths on one core. The limit is the bytes that must be read and written, at the rate at
/// which this machine copies memory.
/// </summary>
internal static class MaskBenchmark
{
    /// <summary>Argument: a COCO file; without one, a generated file of 120,000 annotations.</summary>
    public static void Run(string[] arguments)
    {
        MaskWorkload load = MaskWorkload.Load(WorkloadFile.Tenth(arguments, at: 0));
        double copied = Table.CopyRate();
        long runs = load.Masks.Sum(m => (long)m.Counts.Length);
        long chars = load.Masks.Sum(m => (long)m.ToCocoBytes().Length);
        int masks = load.Masks.Length;
        MaskApi.Rle[] rles = MaskApi.IsPresent ? MaskApi.Copy(load.Masks) : [];
        Console.Error.WriteLine($"{masks} masks, {runs} runs, {chars} characters; copy {copied / 1e9:0.0} GB/s");
        Polygons(load, copied);
        PolygonsToStrings(load, chars * load.Shapes.Length / (double)masks, copied);
        Strings(load, rles, masks * copied / (4.0 * runs + chars));
        double readLimit = masks * copied * 2 / (4.0 * runs);
        Table.Write("area", masks, () => Read(load.Masks, m => m.AreaPx),
            Peer(() => MaskApi.rleArea(rles, (nuint)masks, new uint[masks])), readLimit);
        Table.Write("box", masks, () => Read(load.Masks, m => m.Box.WidthPx),
            Peer(() => MaskApi.rleToBbox(rles, new double[masks * 4], (nuint)masks)), readLimit);
        Pairs(load, rles, copied);
    }

    private static void Polygons(MaskWorkload load, double copied)
    {
        double bytes = 8.0 * load.Shapes.Sum(s => s.Parts.Sum(p => p.Length)) +
            4.0 * load.Masks.Sum(m => (long)m.Counts.Length);
        Table.Write("polygons to run lengths", load.Shapes.Length,
            () =>
            {
                foreach (MaskWorkload.Shape shape in load.Shapes)
                    PolygonFill.Fill(shape.HeightPx, shape.WidthPx, shape.Parts);
            },
            Peer(() =>
            {
                foreach (MaskWorkload.Shape shape in load.Shapes)
                {
                    MaskApi.Rle mask = MaskApi.Fill(shape);
                    MaskApi.rleFree(ref mask);
                }
            }), load.Shapes.Length * copied / bytes);
    }

    private static void PolygonsToStrings(MaskWorkload load, double chars, double copied)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        double bytes = 8.0 * load.Shapes.Sum(s => s.Parts.Sum(p => p.Length)) + chars;
        Table.Write("polygons to strings", load.Shapes.Length,
            () =>
            {
                foreach (MaskWorkload.Shape shape in load.Shapes)
                {
                    buffer.ResetWrittenCount();
                    PolygonFill.Fill(shape.HeightPx, shape.WidthPx, shape.Parts).WriteCocoString(buffer);
                }
            },
            Peer(() =>
            {
                foreach (MaskWorkload.Shape shape in load.Shapes)
                {
                    MaskApi.Rle mask = MaskApi.Fill(shape);
                    MaskApi.free(MaskApi.rleToString(ref mask));
                    MaskApi.rleFree(ref mask);
                }
            }), load.Shapes.Length * copied / bytes);
    }

    private static void Strings(MaskWorkload load, MaskApi.Rle[] rles, double limit)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        Table.Write("run lengths to string", load.Masks.Length,
            () =>
            {
                foreach (Mask mask in load.Masks)
                {
                    buffer.ResetWrittenCount();
                    mask.WriteCocoString(buffer);
                }
            },
            Peer(() =>
            {
                for (int i = 0; i < rles.Length; i++) MaskApi.free(MaskApi.rleToString(ref rles[i]));
            }), limit);
        byte[][] texts = [.. load.Masks.Select(m => m.ToCocoBytes())];
        byte[][] terminated = [.. texts.Select(t => (byte[])[.. t, 0])];
        Table.Write("string to run lengths", load.Masks.Length,
            () =>
            {
                for (int i = 0; i < texts.Length; i++)
                    Mask.FromCocoString(load.Masks[i].HeightPx, load.Masks[i].WidthPx, texts[i]);
            },
            Peer(() =>
            {
                foreach (byte[] text in terminated)
                {
                    MaskApi.rleFrString(out MaskApi.Rle mask, text, 1, 1);
                    MaskApi.rleFree(ref mask);
                }
            }), limit);
    }

    private static void Pairs(MaskWorkload load, MaskApi.Rle[] rles, double copied)
    {
        int[][] groups = [.. Enumerable.Range(0, load.Masks.Length)
            .GroupBy(i => (load.Masks[i].HeightPx, load.Masks[i].WidthPx)).SelectMany(g => g.Chunk(20)).Take(2000)];
        Mask[][] masks = [.. groups.Select(g => g.Select(i => load.Masks[i]).ToArray())];
        MaskApi.Rle[][] peers = MaskApi.IsPresent ? [.. groups.Select(g => g.Select(i => rles[i]).ToArray())] : [];
        double runs = masks.Sum(g => g.Sum(m => (double)m.Counts.Length));
        long pairs = masks.Sum(g => (long)g.Length * g.Length);
        Table.Write("overlap matrix of 20 by 20 masks, pairs", pairs,
            () =>
            {
                foreach (Mask[] group in masks) MaskOverlap.Iou(group, group);
            },
            Peer(() =>
            {
                foreach (MaskApi.Rle[] g in peers)
                    MaskApi.rleIou(g, g, (nuint)g.Length, (nuint)g.Length,
                        new byte[g.Length], new double[g.Length * g.Length]);
            }), pairs * copied * 2 / (4 * runs));
        Table.Write("union of 20 masks, masks", masks.Sum(g => (long)g.Length),
            () =>
            {
                foreach (Mask[] group in masks) MaskSets.Union(group);
            },
            Peer(() =>
            {
                foreach (MaskApi.Rle[] g in peers)
                {
                    MaskApi.rleMerge(g, out MaskApi.Rle merged, (nuint)g.Length, 0);
                    MaskApi.rleFree(ref merged);
                }
            }), masks.Sum(g => (long)g.Length) * copied * 2 / (4 * runs));
    }

    private static void Read(Mask[] masks, Func<Mask, long> measure)
    {
        long sum = 0;
        foreach (Mask mask in masks) sum += measure(mask);
        if (sum == 0) throw new InvalidOperationException("masks without foreground measure nothing");
    }

    private static Action? Peer(Action call) => MaskApi.IsPresent ? call : null;
}
