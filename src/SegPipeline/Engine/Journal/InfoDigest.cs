using System.Security.Cryptography;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>Digest of what is known of the datasets of a plan before any sample is read.</summary>
internal static class InfoDigest
{
    /// <summary>The digest: equal for plans whose stages are told the same.</summary>
    public static string Of(PipelinePlan plan)
    {
        var text = new JournalWriter(_ => null);
        foreach (DatasetInfo info in plan.Infos)
        {
            text.Number((int)info.Kind);
            text.Flag(info.IsResults);
            text.Flag(info.Taxonomy.IsDeclared);
            text.Number(info.Taxonomy.Categories.Length);
            foreach (Category category in info.Taxonomy.Categories)
            {
                text.Id(category.Id);
                text.Text(category.Name);
                text.Text(category.Supercategory);
                Write(category.SourceRecord, text);
            }
            text.Number(info.Document.Length);
            foreach (DocumentMember member in info.Document)
            {
                text.Text(member.Name);
                Write(member.Value, text);
            }
        }
        return Convert.ToHexStringLower(SHA256.HashData(text.Written.Span));
    }

    private static void Write(JsonSlice? slice, JournalWriter text)
    {
        text.Flag(slice is not null);
        if (slice is { } value) text.Bytes(value.Load());
    }
}
