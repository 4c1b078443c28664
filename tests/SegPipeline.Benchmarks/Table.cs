using System.Diagnostics;
using System.Globalization;

namespace SegPipeline.Benchmarks;

/// <summary>Rows <c>work | ours | peer | ratio | limit</c>, each a rate measured as the best of several runs.</summary>
internal static class Table
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1.5);

    /// <summary>Writes the head of the table.</summary>
    public static void WriteHead(TextWriter output)
    {
        output.WriteLine("| work | ours /s | peer /s | ratio | limit /s |");
        output.WriteLine("|---|---|---|---|---|");
    }

    /// <summary>Measures a piece of work that no peer does, and writes its row.</summary>
    /// <param name="work">What is done, and to what.</param>
    /// <param name="items">How many items one call handles.</param>
    /// <param name="ours">One call of ours.</param>
    /// <param name="limitPerSecond">The most that the machine allows.</param>
    public static void Write(string work, long items, Action ours, double limitPerSecond) =>
        WriteBeside(work, items, ours, peerRate: null, limitPerSecond);

    /// <summary>Measures a piece of work and its peer and writes their row.</summary>
    /// <param name="work">What is done, and to what.</param>
    /// <param name="items">How many items one call handles.</param>
    /// <param name="ours">One call of ours.</param>
    /// <param name="peer">One call of the peer; null when it is not there.</param>
    /// <param name="limitPerSecond">The most that the machine allows.</param>
    public static void Write(string work, long items, Action ours, Action? peer, double limitPerSecond) =>
        WriteBeside(work, items, ours, peer is null ? null : Rate(items, peer), limitPerSecond);

    /// <summary>Measures a piece of work and writes its row beside a rate known already.</summary>
    /// <param name="work">What is done, and to what.</param>
    /// <param name="items">How many items one call handles.</param>
    /// <param name="ours">One call of ours.</param>
    /// <param name="peerRate">Items per second of the peer; null when it is not there.</param>
    /// <param name="limitPerSecond">The most that the machine allows.</param>
    public static void WriteBeside(string work, long items, Action ours, double? peerRate, double limitPerSecond)
    {
        double rate = Rate(items, ours);
        string ratio = peerRate is null ? "-" : (rate / peerRate.Value).ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine($"| {work} | {Round(rate)} | {Round(peerRate)} | {ratio} | {Round(limitPerSecond)} |");
    }

    /// <summary>Items per second in the best of at least three calls after one that does not count.</summary>
    public static double Rate(long items, Action call)
    {
        call();
        TimeSpan best = TimeSpan.MaxValue;
        var total = Stopwatch.StartNew();
        for (int run = 0; run < 3 || total.Elapsed < Least; run++)
        {
            GC.Collect();
            var one = Stopwatch.StartNew();
            call();
            if (one.Elapsed < best) best = one.Elapsed;
        }
        return items / best.TotalSeconds;
    }

    /// <summary>Bytes per second at which one core copies memory.</summary>
    public static double CopyRate()
    {
        byte[] from = new byte[256 << 20], to = new byte[256 << 20];
        return Rate(from.Length, () => from.CopyTo(to.AsSpan()));
    }

    private static string Round(double? rate) => rate switch
    {
        null => "-",
        >= 1e6 => (rate.Value / 1e6).ToString("0.00", CultureInfo.InvariantCulture) + " M",
        < 10 => rate.Value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => rate.Value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
