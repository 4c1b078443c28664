using SegPipeline.Masks;
using SegPipeline.Masks.Components;
using SegPipeline.Masks.Contours;
using SegPipeline.Masks.Metrics;
using SegPipeline.Masks.Morphology;

namespace SegPipeline.Benchmarks.Shapes;

/// <summary>
/// Components, morphology, boundary measures and outlines of masks of 5000x3600 pixels on one core, beside OpenCV. The
/// limit is the run lengths that must be read and written, at the rate at which this machine copies memory. What both
/// find must be the same.
/// </summary>
internal static class ShapesBenchmark
{
    /// <summary>Argument: a Python with OpenCV, by default python3.</summary>
    public static void Run(string[] arguments)
    {
        (string Name, Mask Truth, Mask Prediction)[] loads =
        [
            ("one object", ShapesWorkload.Object.Truth, ShapesWorkload.Object.Prediction),
            ("cells", ShapesWorkload.Cells.Truth, ShapesWorkload.Cells.Prediction),
        ];
        var peer = OpenCvPeer.Measure(
            arguments.FirstOrDefault("python3"), [.. loads.Select(load => (load.Truth, load.Prediction))]);
        double copied = Table.CopyRate();
        for (int i = 0; i < loads.Length; i++)
            foreach (Work work in Works(loads[i].Truth, loads[i].Prediction))
            {
                PeerFigure? figure = peer.TryGetValue((i, work.Peer), out PeerFigure found) ? found : null;
                if (figure is not null && work.IsComparable) CheckSame(work, figure.Value.Result);
                Table.WriteBeside($"{work.Name}, {loads[i].Name}", 1, () => work.Call(), 1 / figure?.Seconds,
                    copied * 2 / (4.0 * work.RunsTouched));
            }
    }

    private static void CheckSame(Work work, long expected)
    {
        long found = work.Call();
        if (found != expected)
            throw new InvalidOperationException($"{work.Name}: found {found}, OpenCV {expected}");
    }

    /// <param name="Name">What is done.</param>
    /// <param name="Peer">The name of the same work in opencv_peer.py.</param>
    /// <param name="RunsTouched">Run lengths that must be read or written.</param>
    /// <param name="Call">Does it and returns a number to compare.</param>
    /// <param name="IsComparable">False when the peer finds something else than ours.</param>
    private sealed record Work(string Name, string Peer, long RunsTouched, Func<long> Call, bool IsComparable = true);

    private static IEnumerable<Work> Works(Mask truth, Mask prediction)
    {
        long runs = truth.Counts.Length, both = runs + prediction.Counts.Length;
        yield return new("components, 8-connected", "components8", 2 * runs,
            () => MaskComponents.Split(truth, Connectivity.Eight).Count);
        yield return new("components, 4-connected", "components4", 2 * runs,
            () => MaskComponents.Split(truth, Connectivity.Four).Count);
        foreach (int radius in new[] { 1, 6, 23 })
        {
            Kernel ellipse = Kernel.Ellipse(2 * radius + 1, 2 * radius + 1);
            yield return new($"boundary band, radius {radius}", $"band{radius}", 3 * runs,
                () => MaskMorphology.Gradient(truth, ellipse).AreaPx);
        }
        Kernel wide = Kernel.Ellipse(101, 101);
        yield return new("dilation, radius 50", "dilate50", 2 * runs, () => MaskMorphology.Dilate(truth, wide).AreaPx);
        yield return new("mean boundary accuracy", "mba", 5 * both,
            () => BoundaryAccuracy.Measure(truth, prediction).Bands.Sum(b => b.CorrectPx));
        yield return new("boundary IoU", "boundary_iou", both,
            () => BoundaryIou.Measure(truth, prediction).IntersectionPx);
        yield return new("F of DAVIS", "davis_f", both,
            () => (long)(1000 * DavisMeasures.ContourAccuracy(truth, prediction)), IsComparable: false);
        yield return new("outlines as polygons", "outlines", 3 * runs,
            () => MaskContours.Trace(truth).Count, IsComparable: false);
    }
}
