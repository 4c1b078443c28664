using System.Collections.Immutable;
using SegPipeline.Cli.Converting;

namespace SegPipeline.Cli.Drafts;

/// <summary>A pipeline that is written for the user.</summary>
/// <param name="File">Full path of the file; it need not be written.</param>
/// <param name="Release">Full path of the release.</param>
/// <param name="Task">What it makes.</param>
/// <param name="Input">What it reads.</param>
internal sealed record PipelineDraft(string File, string Release, PipelineTask Task, DraftInput Input)
{
    /// <summary>Samples of a subset, unless told.</summary>
    public const int UsualCount = 1000;

    /// <summary>The format of what is written and what it takes to get there; null where scores are written.</summary>
    public Conversion? Conversion { get; init; }

    /// <summary>The predictions to be scored, or the dataset to be added; null when there is none.</summary>
    public DraftInput? Other { get; init; }

    /// <summary>Seed of the draws.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many samples a subset has.</summary>
    public int Count { get; init; } = UsualCount;

    /// <summary>The parts of a split, whose shares sum to 1.</summary>
    public ImmutableArray<(string Name, decimal Share)> Parts { get; init; } = [];

    /// <summary>The parts of a conversion that keeps several apart, the first of which is the input; none of
    /// others.</summary>
    public ImmutableArray<DraftPart> ConvertedParts { get; init; } = [];

    /// <summary>Which part of its dataset the input is, which what is written is named after; null when it is
    /// whole.</summary>
    public string? Part { get; init; }

    /// <summary>How photos get into the release, a word of <see cref="PhotoChoice"/>; null for what is usual.</summary>
    public string? Photos { get; init; }

    /// <summary>Keys of the writer that the user gives.</summary>
    public IReadOnlyDictionary<string, string> WriterKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>How the photos of an input get into the release: unless told, hard-linked where those of all that goes
    /// with it were found.</summary>
    public string PhotosOf(DraftInput input) =>
        Photos ?? (input.Reader.FindsPhotos && Other?.Reader.FindsPhotos != false ? "hardlink" : "none");
}

/// <summary>A part of a dataset that is converted.</summary>
/// <param name="Name">Its name, letters, digits and underscores.</param>
/// <param name="Input">What is read.</param>
/// <param name="Conversion">What it takes.</param>
internal sealed record DraftPart(string Name, DraftInput Input, Conversion Conversion);
