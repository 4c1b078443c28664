using SegPipeline.Engine.Journal;

namespace SegPipeline.Cli;

/// <summary>How a pipeline is run, as far as the result does not depend on it.</summary>
/// <param name="Workers">Chunks worked on at once.</param>
/// <param name="Window">Most chunks between admission and commit.</param>
/// <param name="MemoryBytes">Byte budget of admitted chunks.</param>
/// <param name="Journal">What to do with what an interrupted run has left; null to keep no journal.</param>
internal sealed record RunSettings(int Workers, int Window, long MemoryBytes, JournalStart? Journal);
