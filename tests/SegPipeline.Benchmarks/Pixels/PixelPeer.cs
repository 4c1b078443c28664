using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SegPipeline.Benchmarks.Pixels;

/// <summary>
/// Runs pixel_peer.py: Pillow, and pycocotools' C code where the environment variable MASKAPI names it. The Python is
/// <c>python3</c> or what the environment variable PYTHON names.
/// </summary>
internal sealed class PixelPeer
{
    private readonly Dictionary<string, double> _rates = new(StringComparer.Ordinal);

    /// <summary>Measures the peers on the palette PNGs below a folder.</summary>
    public PixelPeer(string folder)
    {
        string python = Environment.GetEnvironmentVariable("PYTHON") ?? "python3";
        using Process process = Process.Start(
            new ProcessStartInfo(python, [Script(), folder]) { RedirectStandardOutput = true })!;
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
        Path.Combine(Path.GetDirectoryName(here)!, "pixel_peer.py");
}
