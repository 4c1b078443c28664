using SegPipeline.Engine.Journal;
using SegPipeline.Model;

namespace SegPipeline.Engine.Sharding;

/// <summary>
/// The first record of a shard's journal. It names no input: whoever gives the identity has held the inputs against the
/// frozen plan, on a machine where their paths and times may be others.
/// </summary>
internal static class ShardHeader
{
    /// <summary>The header of a shard.</summary>
    public static JournalHeader Of(IEnumerable<(string Name, string Text)> identity, Shard shard) =>
        new([.. identity, ("the shard", shard.ToString())], []);

    /// <summary>Tells what is wrong with a journal that is taken for that of a shard; null for nothing.</summary>
    /// <param name="found">The journal's first record; null when it has none.</param>
    /// <param name="expected">What it should be.</param>
    public static string? FaultOf(byte[]? found, JournalHeader expected)
    {
        if (found is null) return "its journal is empty or damaged";
        if (JournalHeader.Load(found) is not { } header) return "its journal is none of a shard";
        foreach ((string name, string text) in expected.Identity)
            if (!header.Identity.Contains((name, text)))
            {
                string other = header.Identity.Where(i => i.Name == name).Select(i => i.Text).FirstOrDefault("none");
                return $"{name} of it is {other}, not {text}";
            }
        return null;
    }
}
