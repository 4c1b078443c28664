using SegPipeline.Engine;

namespace SegPipeline.Cli.Output;

/// <summary>The ledger as a table: what came into each stage, what left, and why the rest did not.</summary>
internal static class LedgerTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(Ledger ledger, TextWriter target)
    {
        var table = new TextTable("stage", "#samples in", "#out", "#instances in", "#out", "difference");
        foreach (LedgerEntry entry in ledger.Stages)
            table.Add(
                entry.Stage,
                Quantity.Count(entry.Samples.In),
                Quantity.Count(entry.Samples.Out),
                Quantity.Count(entry.Instances.In),
                Quantity.Count(entry.Instances.Out),
                string.Join(", ", Differences(entry.Samples, "sample").Concat(Differences(entry.Instances, "instance"))
                    .Concat(entry.Notes.Select(n => $"{n.Key} {Quantity.Count(n.Value)}"))));
        table.Write(target);
    }

    private static IEnumerable<string> Differences(Account account, string thing)
    {
        if (account.Rejected > 0) yield return $"{Quantity.Count(account.Rejected, thing)} rejected";
        foreach (var (reason, count) in account.Dropped)
            yield return $"{Quantity.Count(count, thing)} dropped: {reason}";
        foreach (var (reason, count) in account.Added)
            yield return $"{Quantity.Count(count, thing)} added: {reason}";
    }
}
