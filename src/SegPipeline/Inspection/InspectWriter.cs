using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Inspection;

/// <summary>Looks at the samples that come to it and writes nothing.</summary>
internal sealed record InspectWriter : Writer
{
    /// <summary>Gets what is found.</summary>
    public required FindingBook Book { get; init; }

    /// <summary>Whether the headers of photos are looked at.</summary>
    public PhotoLook Photos { get; init; }

    /// <inheritdoc/>
    public override bool TakesErrors => true;

    /// <inheritdoc/>
    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
        new Output(this, new SampleInspection(input, Photos));

    private sealed class Output(InspectWriter stage, SampleInspection inspection) : OpenOutput
    {
        public override object Encode(IReadOnlyList<Sample> samples)
        {
            var book = new FindingBook();
            foreach (Sample sample in samples) inspection.Inspect(sample, book);
            return book;
        }

        public override void Append(object encoded) => stage.Book.Add((FindingBook)encoded);

        public override void Finish()
        {
        }
    }
}

/// <summary>Whether photos are looked at.</summary>
internal enum PhotoLook
{
    /// <summary>They are not opened.</summary>
    None,

    /// <summary>Their headers are read.</summary>
    Headers,
}
