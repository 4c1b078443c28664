using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using SegPipeline.Masks;

namespace SegPipeline.Benchmarks.Shapes;

/// <summary>What OpenCV took for a piece of work, and what it found.</summary>
/// <param name="Seconds">The best of several runs.</param>
/// <param name="Result">A number that ours must find, too.</param>
internal readonly record struct PeerFigure(double Seconds, long Result);

/// <summary>Runs opencv_peer.py over pairs of masks and collects its figures.</summary>
internal static class OpenCvPeer
{
    /// <summary>The figures by number of the pair and name of the work; none when there is no OpenCV.</summary>
    /// <param name="python">A Python that has numpy and OpenCV.</param>
    /// <param name="pairs">Masks of one size.</param>
    public static Dictionary<(int Pair, string Work), PeerFigure> Measure(
        string python, IReadOnlyList<(Mask Truth, Mask Prediction)> pairs)
    {
        string[] files = [.. pairs.Select(Write)];
        try
        {
            Mask first = pairs[0].Truth;
            return Read(python, [$"{first.HeightPx}", $"{first.WidthPx}", .. files]);
        }
        finally
        {
            foreach (string file in files) File.Delete(file);
        }
    }

    private static string Write((Mask Truth, Mask Prediction) pair)
    {
        string file = Path.GetTempFileName();
        byte[] pixels = new byte[pair.Truth.PixelCount];
        using FileStream stream = File.Create(file);
        foreach (Mask mask in new[] { pair.Truth, pair.Prediction })
        {
            mask.CopyToRowMajor(pixels);
            stream.Write(pixels);
        }
        return file;
    }

    private static Dictionary<(int, string), PeerFigure> Read(string python, string[] arguments)
    {
        var figures = new Dictionary<(int, string), PeerFigure>();
        var start = new ProcessStartInfo(python, [Script(), .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            figures[(int.Parse(words[0], CultureInfo.InvariantCulture), words[1])] = new PeerFigure(
                double.Parse(words[2], CultureInfo.InvariantCulture),
                long.Parse(words[3], CultureInfo.InvariantCulture));
        }
        process.WaitForExit();
        return figures;
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "opencv_peer.py");
}
