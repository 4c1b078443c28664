using System.Collections.Immutable;
using SegPipeline.Engine.Planning;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>
/// The beginning of a chunk's record: the files that the chunk has put into the release, and what was warned of since
/// the record before.
/// </summary>
internal static class RecordHead
{
    /// <summary>Takes it down.</summary>
    public static void Save(JournalWriter head, IReadOnlyList<StagedFile> files,
        ImmutableArray<(string Node, string Sentence)> warnings)
    {
        head.Number(files.Count);
        foreach (StagedFile file in files)
        {
            head.Text(file.Name.Value);
            head.Number(file.SizeBytes);
            head.Text(file.Sha256);
        }
        head.Number(warnings.Length);
        foreach ((string node, string sentence) in warnings)
        {
            head.Text(node);
            head.Text(sentence);
        }
    }

    /// <summary>Reads what was taken down; what was warned of is warned of again.</summary>
    /// <returns>The files.</returns>
    public static StagedFile[] Load(JournalReader journal, WarningLog warnings)
    {
        StagedFile[] files = FilesOf(journal);
        foreach ((string node, string sentence) in Warnings(journal)) warnings.Add(node, sentence);
        return files;
    }

    /// <summary>Reads what was warned of, and warns of nothing.</summary>
    public static List<(string Node, string Sentence)> WarningsOf(JournalReader journal)
    {
        FilesOf(journal);
        return Warnings(journal);
    }

    private static List<(string Node, string Sentence)> Warnings(JournalReader journal)
    {
        var warnings = new List<(string, string)>();
        for (int left = journal.Count(); left > 0; left--) warnings.Add((journal.Text()!, journal.Text()!));
        return warnings;
    }

    private static StagedFile[] FilesOf(JournalReader journal)
    {
        var files = new StagedFile[journal.Count()];
        for (int i = 0; i < files.Length; i++)
            files[i] = new StagedFile(ReleaseName.From(journal.Text()!), journal.Number(), journal.Text()!);
        return files;
    }
}
