using System.Collections.Immutable;
using SegPipeline.Engine;

namespace SegPipeline.Tests.Engine.Support;

/// <summary>All that a run leaves behind, as text, to be compared.</summary>
internal static class RunText
{
    /// <summary>The ledger, warnings and choices, and what was written.</summary>
    public static string Of(RunResult result, IEnumerable<Page> pages)
    {
        IEnumerable<string> lines =
        [
            .. result.Ledger.Stages.Select(s => $"{s.Stage}: {Of(s.Samples)} | {Of(s.Instances)} | {Of(s.Notes)} | " +
                Of(s.SamplesByPort)),
            .. result.Warnings.Select(w => $"{w.Node} warns: {w.Sentence}"),
            .. result.Chosen.Select(c => $"{c.Node}.{c.Port}: {string.Join(' ', c.Keys)}"),
            .. pages.Select(p => string.Join(' ', p.Lines) + (p.IsFinished ? "" : " ...")),
        ];
        return string.Join('\n', lines);
    }

    private static string Of(Account account) => $"{account.In} {account.Out} {account.Rejected} " +
        $"{Of(account.Dropped)} {Of(account.Added)}";

    private static string Of(ImmutableSortedDictionary<string, long> counts) =>
        string.Join(',', counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
}
