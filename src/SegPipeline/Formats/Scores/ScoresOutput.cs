using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Scores;

/// <summary>Scores that are being written: the samples wait in a scratch file until the totals are known.</summary>
internal sealed class ScoresOutput(
    ScoresWriter stage, Taxonomy taxonomy, IReleaseFolder release, StageContext context) : OpenOutput
{
    private readonly ScoreTotals _totals = new(taxonomy);
    private readonly FileStream _samples = release.CreateScratchFile();

    /// <inheritdoc/>
    public override IReadOnlyList<string> Summary => ScoreTable.Lines(_totals);

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        var text = new ArrayBufferWriter<byte>();
        for (int i = 0; i < samples.Count; i++)
        {
            if (i > 0) text.Write(",\n"u8);
            ScoreJson.WriteSample(text, samples[i]);
        }
        return new EncodedScores(text.WrittenMemory, [.. samples.Select(sample => sample.Measures)]);
    }

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        var scores = (EncodedScores)encoded;
        _samples.Write(_totals.Samples > 0 ? ",\n"u8 : "\n"u8);
        _samples.Write(scores.Text.Span);
        foreach (ImmutableArray<Measure> measures in scores.Measures) _totals.Add(measures);
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var scores = (EncodedScores)encoded;
        journal.Bytes(scores.Text.Span);
        journal.Number(scores.Measures.Length);
        foreach (ImmutableArray<Measure> measures in scores.Measures) SavedMeasures.Save(measures, journal);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        ReadOnlyMemory<byte> text = journal.Bytes();
        var measures = new ImmutableArray<Measure>[journal.Count()];
        for (int i = 0; i < measures.Length; i++) measures[i] = SavedMeasures.Load(journal);
        return new EncodedScores(text, [.. measures]);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (_totals.Names.Count == 0) context.Warn("nothing was measured on any sample; put evaluate before it");
        using (Stream file = release.CreateFile(stage.File))
        {
            var text = new ArrayBufferWriter<byte>();
            ScoreJson.WriteTotals(text, _totals);
            text.Write(",\n\"per_sample\": ["u8);
            file.Write(text.WrittenSpan);
            _samples.Position = 0;
            _samples.CopyTo(file);
            file.Write("\n]}\n"u8);
        }
        release.CountRecords(stage.File, "samples", _totals.Samples);
        if (stage.Table is not { } name) return;
        using Stream table = release.CreateFile(name);
        table.Write(Encoding.UTF8.GetBytes(ScoreTable.Markdown(_totals)));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _samples.Dispose();
        base.Dispose();
    }

    private sealed record EncodedScores(
        ReadOnlyMemory<byte> Text, ImmutableArray<ImmutableArray<Measure>> Measures);
}
