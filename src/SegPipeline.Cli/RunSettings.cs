namespace SegPipeline.Cli;

/// <summary>How a pipeline is run, as far as the result does not depend on it.</summary>
/// <param name="Workers">Chunks worked on at once.</param>
/// <param name="Window">Most chunks between admission and commit.</param>
/// <param name="MemoryBytes">Byte budget of admitted chunks.</param>
internal sealed record RunSettings(int Workers, int Window, long MemoryBytes);
