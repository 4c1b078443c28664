using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>What was lost because shapes overlap and a label image has one label a pixel.</summary>
/// <param name="LostPx">Pixels that shapes lost to others.</param>
/// <param name="CutShapes">Shapes that lost pixels.</param>
/// <param name="VanishedShapes">Those of them of which nothing was left.</param>
internal readonly record struct PaintLosses(long LostPx, long CutShapes, long VanishedShapes)
{
    /// <summary>The sum of two.</summary>
    public static PaintLosses operator +(PaintLosses a, PaintLosses b) =>
        new(a.LostPx + b.LostPx, a.CutShapes + b.CutShapes, a.VanishedShapes + b.VanishedShapes);

    /// <summary>Takes it down.</summary>
    public void Save(JournalWriter journal)
    {
        journal.Number(LostPx);
        journal.Number(CutShapes);
        journal.Number(VanishedShapes);
    }

    /// <summary>Reads what was taken down.</summary>
    public static PaintLosses Load(JournalReader journal) => new(journal.Number(), journal.Number(), journal.Number());

    /// <summary>Tells of it in one sentence; says nothing when nothing was lost.</summary>
    public void Report(OverlapRule rule, Action<string> warn)
    {
        if (CutShapes > 0)
            warn($"{Counted.Of(CutShapes, "shape")} lost {Counted.Of(LostPx, "pixel")} to shapes of " +
                $"{(rule == OverlapRule.LowestWins ? "lower" : "higher")} label, " +
                $"{VanishedShapes} of them all pixels; a label image has one label a pixel");
    }
}
