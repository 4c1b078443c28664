using System.Diagnostics;
using System.Globalization;

namespace SegPipeline.Benchmarks;

/// <summary>
/// Runs a script that measures other tools and prints lines <c>work rate</c>. The Python is <c>python3</c> or what the
/// environment variable PYTHON names.
/// </summary>
internal sealed class PythonPeer
{
    private readonly Dictionary<string, double> _rates = new(StringComparer.Ordinal);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">Its full path.</param>
    /// <param name="arguments">What it is given.</param>
    public PythonPeer(string script, params string[] arguments)
    {
        string python = Environment.GetEnvironmentVariable("PYTHON") ?? "python3";
        using Process process = Process.Start(
            new ProcessStartInfo(python, [script, .. arguments]) { RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            _rates[words[0]] = double.Parse(words[1], CultureInfo.InvariantCulture);
        }
        process.WaitForExit();
    }

    /// <summary>Items a second of a piece of work; null when the peer is not there.</summary>
    public double? this[string work] => _rates.TryGetValue(work, out double rate) ? rate : null;
}
