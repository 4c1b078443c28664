using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>
/// A chunk of an annotation file as the journal of a run keeps it: the texts that stages wrote, and of records that are
/// copied from a source only where they stand.
/// </summary>
internal static class SavedChunk
{
    /// <summary>Takes a chunk down.</summary>
    public static void Save(EncodedChunk chunk, JournalWriter journal)
    {
        journal.Bytes(chunk.Text.Written);
        journal.Number(chunk.Samples.Count);
        foreach (EncodedSample sample in chunk.Samples) Save(sample, journal);
        journal.Number(chunk.Annotations.Count);
        foreach (EncodedAnnotation annotation in chunk.Annotations)
        {
            Save(annotation.Text, journal);
            // Stages give records the order of the file they came from, and nothing else an order at all.
            journal.Source((SourceFile?)annotation.Order.File);
            journal.Number(annotation.Order.Position);
            journal.OptionalNumber(annotation.Id);
            journal.Id(annotation.OldId);
        }
    }

    /// <summary>Reads what was taken down.</summary>
    public static EncodedChunk Load(JournalReader journal)
    {
        var chunk = new EncodedChunk();
        chunk.Text.Write(journal.Bytes().Span);
        for (int left = journal.Count(); left > 0; left--) chunk.Samples.Add(LoadSample(journal));
        for (int left = journal.Count(); left > 0; left--)
            chunk.Annotations.Add(new EncodedAnnotation(
                LoadText(journal), new RecordOrder(journal.Source(), journal.Number()), journal.OptionalNumber(),
                journal.Id()));
        return chunk;
    }

    private static void Save(EncodedSample sample, JournalWriter journal)
    {
        Save(sample.Text, journal);
        journal.Id(sample.Id);
        journal.Id(sample.OldId);
        journal.Number(sample.AnnotationCount);
        journal.Number(sample.Photos.Count);
        foreach (var (name, _) in sample.Photos) journal.File(name);
    }

    private static EncodedSample LoadSample(JournalReader journal)
    {
        var sample = new EncodedSample(LoadText(journal), journal.Id(), journal.Id(), journal.Count());
        var photos = new (ReleaseName, Photo)[journal.Count()];
        for (int i = 0; i < photos.Length; i++) photos[i] = (journal.File(), new StagedPhoto());
        return sample with { Photos = photos };
    }

    private static void Save(in EncodedText text, JournalWriter journal)
    {
        journal.Slice(text.Source);
        if (text.Source is not null) return;
        journal.Number(text.From);
        journal.Number(text.LengthBytes);
        journal.Number(text.IdAt);
        journal.Number(text.SampleIdAt);
    }

    private static EncodedText LoadText(JournalReader journal) => journal.Slice() is { } source
        ? EncodedText.Of(source)
        : new EncodedText(null, journal.Count(), journal.Count(), journal.Count(), journal.Count());
}
