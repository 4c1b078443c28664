using SegPipeline.Engine.Figures;
using SegPipeline.Engine.Passing;
using SegPipeline.Engine.Running;

namespace SegPipeline.Engine.Journal;

/// <summary>Chunks that somebody has worked on before, to be committed without working on them again.</summary>
internal interface IEarlierChunks
{
    /// <summary>How many there are.</summary>
    int Committed { get; }

    /// <summary>Gives back what is left of them, one after another. To be read to its end.</summary>
    IEnumerable<ChunkResult> Replay(FigureTaking? figures, OutputSet outputs);
}
