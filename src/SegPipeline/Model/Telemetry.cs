using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SegPipeline.Model;

/// <summary>
/// What the program tells monitoring tools: a meter and a source of activities, both named <c>SegPipeline</c>. Nothing
/// is measured for figures that nobody listens to. The figures are described in <c>docs/metrics.md</c>.
/// </summary>
/// <remarks>https://learn.microsoft.com/dotnet/core/diagnostics/metrics; units as OpenTelemetry writes them.</remarks>
public static class Telemetry
{
    /// <summary>Name of the meter and of the source of activities.</summary>
    public const string Name = "SegPipeline";

    private const string Samples = "{sample}";
    private const string Instances = "{instance}";
    private const string Bytes = "By";

    internal static ActivitySource Activities { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);

    internal static Counter<long> SamplesIn { get; } =
        Meter.CreateCounter<long>("segpipeline.samples.in", Samples, "Samples that came into a stage.");

    internal static Counter<long> SamplesOut { get; } =
        Meter.CreateCounter<long>("segpipeline.samples.out", Samples, "Samples that left a stage.");

    internal static Counter<long> SamplesRejected { get; } =
        Meter.CreateCounter<long>("segpipeline.samples.rejected", Samples, "Samples that a stage rejected.");

    internal static Counter<long> InstancesIn { get; } =
        Meter.CreateCounter<long>("segpipeline.instances.in", Instances, "Instances that came into a stage.");

    internal static Counter<long> InstancesOut { get; } =
        Meter.CreateCounter<long>("segpipeline.instances.out", Instances, "Instances that left a stage.");

    internal static Counter<long> ChunksCommitted { get; } =
        Meter.CreateCounter<long>("segpipeline.chunks.committed", "{chunk}", "Chunks that were committed.");

    internal static Counter<double> BusySeconds { get; } =
        Meter.CreateCounter<double>("segpipeline.workers.busy_time", "s", "Time that workers spent on chunks.");

    internal static Counter<long> BytesRead { get; } =
        Meter.CreateCounter<long>("segpipeline.read.bytes", Bytes, "Bytes of inputs that were read.");

    internal static Counter<long> BytesWritten { get; } =
        Meter.CreateCounter<long>("segpipeline.written.bytes", Bytes, "Bytes of files of releases.");

    internal static Counter<long> JournalBytes { get; } =
        Meter.CreateCounter<long>("segpipeline.journal.bytes", Bytes, "Bytes that journals grew by.");

    /// <summary>Gives the activity that is under way a tag, when somebody listens to ours.</summary>
    internal static void Tag(string name, object value)
    {
        if (Activity.Current is { } activity && activity.Source == Activities) activity.SetTag(name, value);
    }
}
