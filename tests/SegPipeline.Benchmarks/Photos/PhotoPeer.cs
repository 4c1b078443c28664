using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SegPipeline.Benchmarks.Photos;

/// <summary>
/// Runs photo_peer.py, Pillow with two processes. The Python is <c>python3</c> or what the environment variable PYTHON
/// names.
/// </summary>
internal sealed class PhotoPeer
{
    private readonly Dictionary<string, double> _rates = new(StringComparer.Ordinal);

    /// <summary>Measures the peer on the workload's two folders.</summary>
    public PhotoPeer(string big, string small, string scratch)
    {
        string python = Environment.GetEnvironmentVariable("PYTHON") ?? "python3";
        using Process process = Process.Start(
            new ProcessStartInfo(python, [Script(), big, small, scratch]) { RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            _rates[words[0]] = double.Parse(words[1], CultureInfo.InvariantCulture);
        }
        process.WaitForExit();
    }

    /// <summary>Items a second of a piece of work; null when the peer is not there.</summary>
    public double? this[string work] => _rates.TryGetValue(work, out double rate) ? rate : null;

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "photo_peer.py");
}
