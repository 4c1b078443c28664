namespace SegPipeline.Cli.Drafts;

/// <summary>What a pipeline that <c>segpipe new</c> writes makes of a dataset.</summary>
internal enum PipelineTask
{
    /// <summary>Some of its samples, drawn at random.</summary>
    Subset,

    /// <summary>All of it in another format.</summary>
    Convert,

    /// <summary>Parts, divided at random.</summary>
    Split,

    /// <summary>Figures of how well predictions fit it.</summary>
    Score,

    /// <summary>The union with another dataset.</summary>
    Merge,

    /// <summary>Scenes that are generated, where there is no dataset.</summary>
    Generate,
}
