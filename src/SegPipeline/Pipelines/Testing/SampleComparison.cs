using System.Text.Json.Nodes;
using SegPipeline.Model;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Compares samples with what a test expects: in order, their number, and the members that it lists.</summary>
/// <param name="port">How messages name the port.</param>
/// <param name="taxonomy">The categories behind the port.</param>
/// <param name="problems">Takes the differences.</param>
internal sealed class SampleComparison(string port, Taxonomy taxonomy, ProblemList problems)
{
    private const int MostNamed = 10;

    /// <summary>Compares all samples of a port.</summary>
    public void Compare(LiteralSamples expected, IReadOnlyList<Sample> found)
    {
        if (expected.Samples.Length != found.Count)
            problems.Add(expected.Place, $"{port}: expected {Counted.Of(expected.Samples.Length, "sample")}, " +
                $"found {found.Count}{Named(found.Select(s => s.Key))}");
        for (int i = 0; i < Math.Min(expected.Samples.Length, found.Count); i++) Compare(expected.Samples[i], found[i]);
    }

    private void Compare(LiteralSample expected, Sample found)
    {
        string where = $"{port}, sample '{found.Key}'";
        foreach (YamlEntry entry in expected.Written.Entries)
        {
            string? difference = entry.Key.Text switch
            {
                "key" => Differs(expected.Bound.Key, found.Key),
                "id" => Differs(expected.Bound.Id?.ToString(), found.Id?.ToString()),
                "file_name" => Differs(expected.Bound.FileName, found.Frames.FirstOrDefault()?.Name),
                "width" => Differs(expected.Bound.Width, found.Frames.FirstOrDefault()?.WidthPx),
                "height" => Differs(expected.Bound.Height, found.Frames.FirstOrDefault()?.HeightPx),
                "frames" => Differs(expected.Bound.Frames, found.Frames.Length),
                "stage" => Differs(expected.Bound.Stage, found.Rejection?.Stage),
                "code" => Differs(expected.Bound.Code, found.Rejection?.Problems[0].Code),
                _ => null,
            };
            if (difference is not null) problems.Add(entry.Value.Place, $"{where}: {entry.Key.Text} {difference}");
        }
        if (expected.Instances is { } instances) Compare(instances, expected.Sample, found, where);
    }

    private void Compare(YamlSequence written, Sample expected, Sample found, string where)
    {
        if (written.Items.Length != found.Instances.Length)
            problems.Add(written.Place, $"{where}: expected {Counted.Of(written.Items.Length, "instance")}, " +
                $"found {found.Instances.Length}{Named(found.Instances.Select(i => i.Id?.ToString() ?? "no id"))}");
        for (int i = 0; i < Math.Min(written.Items.Length, found.Instances.Length); i++)
        {
            var comparison = new InstanceComparison(expected.Instances[i], found.Instances[i], taxonomy);
            string id = found.Instances[i].Id is { } known ? $"instance {known}" : $"instance number {i + 1}";
            foreach (YamlEntry entry in ((YamlMap)written.Items[i]).Entries)
                if (comparison.Difference(entry) is { } difference)
                    problems.Add(entry.Value.Place, $"{where}, {id}: {entry.Key.Text} {difference}");
        }
    }

    private static string? Differs<T>(T expected, T found) =>
        Equals(expected, found) ? null : $"is {Shown(found)}, expected {Shown(expected)}";

    private static string Shown(object? value) => value is null ? "nothing" : $"{value}";

    private static string Named(IEnumerable<string> names)
    {
        string[] some = [.. names.Take(MostNamed + 1)];
        if (some.Length == 0) return "";
        string list = string.Join(", ", some.Take(MostNamed));
        return some.Length > MostNamed ? $" ({list}, ...)" : $" ({list})";
    }
}
