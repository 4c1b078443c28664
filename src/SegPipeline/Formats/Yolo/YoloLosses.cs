using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Yolo;

/// <summary>What label files of YOLO cannot say of the objects they were made of.</summary>
/// <param name="Crowds">Crowds, which were left out.</param>
/// <param name="Shapeless">Objects without a mask, which were left out.</param>
/// <param name="Empty">Objects whose mask has no pixel, which were left out.</param>
/// <param name="Joined">Objects whose parts were joined.</param>
/// <param name="Separated">Objects whose parts became objects of their own.</param>
/// <param name="Clamped">Objects with corners outside of their picture, which were moved to its edge.</param>
internal readonly record struct YoloLosses(
    long Crowds, long Shapeless, long Empty, long Joined, long Separated, long Clamped)
{
    /// <summary>The sum of two.</summary>
    public static YoloLosses operator +(YoloLosses a, YoloLosses b) => new(
        a.Crowds + b.Crowds, a.Shapeless + b.Shapeless, a.Empty + b.Empty, a.Joined + b.Joined,
        a.Separated + b.Separated, a.Clamped + b.Clamped);

    /// <summary>Takes it down.</summary>
    public void Save(JournalWriter journal)
    {
        foreach (long count in (long[])[Crowds, Shapeless, Empty, Joined, Separated, Clamped]) journal.Number(count);
    }

    /// <summary>Reads what was taken down.</summary>
    public static YoloLosses Load(JournalReader journal) => new(journal.Number(), journal.Number(), journal.Number(),
        journal.Number(), journal.Number(), journal.Number());

    /// <summary>Tells what was left out or changed.</summary>
    public void Report(Action<string> warn)
    {
        Tell(Crowds, "crowd was", "crowds were", "left out");
        Tell(Shapeless, "object without a mask was", "objects without a mask were", "left out");
        Tell(Empty, "object with an empty mask was", "objects with an empty mask were", "left out");
        Tell(Joined, "object has", "objects have", "several parts, which were joined by lines of no width");
        Tell(Separated, "object has", "objects have", "several parts, which became objects of their own");
        Tell(Clamped, "object had", "objects had", "corners outside of the picture, which were moved to its edge");

        void Tell(long count, string one, string many, string what)
        {
            if (count > 0) warn($"{Counted.Of(count, one, many)} {what}");
        }
    }
}
