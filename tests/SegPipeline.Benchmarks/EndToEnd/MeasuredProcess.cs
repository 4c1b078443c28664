using System.Diagnostics;
using System.Globalization;

namespace SegPipeline.Benchmarks.EndToEnd;

/// <summary>What a whole process took, start-up included.</summary>
/// <param name="WallSeconds">From start to exit.</param>
/// <param name="PeakResidentMegabytes">Largest resident set (VmHWM of Linux), in 2^20 bytes.</param>
internal sealed record MeasuredProcess(double WallSeconds, double PeakResidentMegabytes)
{
    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static MeasuredProcess Run(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        double peak = 0;
        while (!process.WaitForExit(2)) peak = Math.Max(peak, PeakOf(process.Id));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        // 1 without a word of error is how diff says that there is a difference.
        if (process.ExitCode != 0 && !(process.ExitCode == 1 && errors.Result.Length == 0))
            throw new InvalidOperationException(
                $"{file} ended with {process.ExitCode}:\n{output.Result}{errors.Result}");
        return new MeasuredProcess(seconds, peak);
    }

    /// <summary>The median by wall time of several runs.</summary>
    public static MeasuredProcess MedianOf(int runs, string file, params string[] arguments)
    {
        MeasuredProcess[] all = [.. Enumerable.Range(0, runs).Select(_ => Run(file, arguments))];
        return all.OrderBy(r => r.WallSeconds).ElementAt(runs / 2);
    }

    private static double PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0; // the process has just ended
        }
    }
}
