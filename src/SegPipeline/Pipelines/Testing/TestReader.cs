using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Reads the tests of a pipeline file.</summary>
/// <param name="drafts">The stages of the pipeline.</param>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="paths">Takes note of paths, of which tests have none.</param>
internal sealed class TestReader(IReadOnlyList<StageDraft> drafts, ProblemList problems, PathScope paths)
{
    private readonly Dictionary<string, StageDraft> _drafts =
        drafts.DistinctBy(d => d.Name).ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>Reads the list of tests, parameters put in.</summary>
    public ImmutableArray<PipelineTest> Read(YamlNode? section)
    {
        if (section is YamlSequence list) return [.. list.Items.Select(ReadTest).OfType<PipelineTest>()];
        if (section is not (null or YamlUnreadable or YamlScalar { Form: ScalarForm.Null }))
            problems.Add(section.Place, $"'tests' must be a list, found {Found.Describe(section)}");
        return [];
    }

    private PipelineTest? ReadTest(YamlNode node)
    {
        var scope = new BindScope("a test", problems, paths);
        if (TestSection.Shape.Bind(node, scope)?.Value is not TestSection section) return null;
        ImmutableArray<Category> categories = [.. section.Categories.Select(c => c.ToCategory())];
        if (section.Expect is null == section.ExpectError is null)
            problems.Add(node.Place, $"the test '{section.Name}' needs either 'expect' or 'expect_error'");
        var given = ReadPorts(section.Given, "given", categories, scope);
        var expected = ReadPorts(section.Expect, "expect", [], scope);
        foreach ((TestPort port, LiteralSamples samples) in given) CheckGiven(port, samples);
        return new PipelineTest
        {
            Name = section.Name,
            Place = node.Place,
            Given = [.. given.Select(g => new GivenPort(g.Port, g.Samples, categories))],
            Expected = [.. expected.Select(e => new ExpectedPort(e.Port, e.Samples))],
            ExpectedError = section.ExpectError?.Value,
        };
    }

    private List<(TestPort Port, LiteralSamples Samples)> ReadPorts(
        YamlNode? node, string name, ImmutableArray<Category> categories, BindScope scope)
    {
        var ports = new List<(TestPort, LiteralSamples)>();
        if (node is not YamlMap map)
        {
            if (node is not (null or YamlUnreadable))
                problems.Add(node.Place, $"'{name}' of a test must be a map from stages to samples, " +
                    $"found {Found.Describe(node)}");
            return ports;
        }
        foreach (YamlEntry entry in map.Entries)
        {
            TestPort? port = FindPort(entry.Key);
            BindScope inner = scope with { What = $"'{entry.Key.Text}'" };
            LiteralSamples? samples = LiteralSamples.Read(entry.Value, categories, inner);
            if (port is not null && samples is not null) ports.Add((port, samples));
        }
        return ports;
    }

    private TestPort? FindPort(YamlScalar key)
    {
        if (key.Text == DraftReader.ErrorsPort) return new TestPort(null, 0, key.Place);
        int dot = key.Text.LastIndexOf('.');
        string name = dot < 0 ? key.Text : key.Text[..dot];
        if (!_drafts.TryGetValue(name, out StageDraft? draft))
        {
            problems.Add(key.Place, $"there is no stage '{name}'", DidYouMean.HintOrList(name, [.. _drafts.Keys]));
            return null;
        }
        if (draft.Stage is not { } stage) return null;
        string[] ports = [.. stage.OutputPorts];
        int port = dot < 0 ? 0 : Array.IndexOf(ports, key.Text[(dot + 1)..]);
        if (ports.Length == 0)
            problems.Add(key.Place, $"'{name}' is a writer, from which no samples come");
        else if (port < 0)
            problems.Add(key.Place, $"'{name}' has no port '{key.Text[(dot + 1)..]}'",
                DidYouMean.HintOrList(key.Text[(dot + 1)..], ports));
        return port >= 0 && port < ports.Length ? new TestPort(name, port, key.Place) : null;
    }

    private void CheckGiven(TestPort port, LiteralSamples samples)
    {
        if (port.Stage is null) problems.Add(port.Place, "rejected samples cannot be given");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (LiteralSample sample in samples.Samples)
        {
            if (sample.Bound.Key is null)
                problems.Add(sample.Written.Place, "a given sample needs the key 'key' (text)");
            else if (!keys.Add(sample.Bound.Key))
                problems.Add(sample.Written.Find("key")!.Value.Place,
                    $"two given samples have the key '{sample.Bound.Key}'");
            if (sample.Sample.Kind != samples.Samples[0].Sample.Kind)
                problems.Add(sample.Written.Place, "given samples are either all stills or all videos (with 'frames')");
        }
    }
}
