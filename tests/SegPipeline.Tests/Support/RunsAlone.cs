namespace SegPipeline.Tests.Support;

/// <summary>Tests that measure the whole process (its memory, its counters): no other test runs beside them.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
