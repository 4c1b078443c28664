using SegPipeline.Model;

namespace SegPipeline.Engine.Figures;

/// <summary>That figures of the samples are taken while they pass.</summary>
public sealed record FigureOptions
{
    /// <summary>Most samples that are drawn, at random but always the same, and given to <see cref="Show"/>.</summary>
    public int Shown { get; init; }

    /// <summary>
    /// Given each sample that was drawn, one after another in the order of the draw, while its dataset is open. What
    /// is wrong with its picture or its shapes is its own matter: the run has already made sense of it.
    /// </summary>
    public Action<ShownSample> Show { get; init; } = _ => { };
}

/// <summary>A sample that was drawn to be shown.</summary>
/// <param name="Sample">The sample, as it was written.</param>
/// <param name="Info">What is known about its dataset.</param>
/// <param name="Stage">Name of the stage that gave it to a writer.</param>
public sealed record ShownSample(Sample Sample, DatasetInfo Info, string Stage);
