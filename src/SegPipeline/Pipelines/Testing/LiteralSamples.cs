using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Samples written out in a test.</summary>
/// <param name="Place">Where the list stands.</param>
/// <param name="Samples">The samples.</param>
internal sealed record LiteralSamples(SourcePlace Place, ImmutableArray<LiteralSample> Samples)
{
    /// <summary>Reads a list of samples; what is wrong with them is reported.</summary>
    /// <param name="node">The list.</param>
    /// <param name="categories">The categories, for instances that name theirs.</param>
    /// <param name="scope">The scope; its <see cref="BindScope.What"/> names the list.</param>
    public static LiteralSamples? Read(YamlNode node, ImmutableArray<Category> categories, BindScope scope)
    {
        if (node is not YamlSequence list)
        {
            if (node is not YamlUnreadable)
                scope.Problems.Add(node.Place, $"{scope.What} must be a list of samples, found {Found.Describe(node)}");
            return null;
        }
        LiteralSample?[] samples = [.. list.Items.Select(item => LiteralSample.Read(item, categories, scope))];
        return samples.Contains(null) ? null : new LiteralSamples(node.Place, [.. samples.Select(s => s!)]);
    }
}

/// <summary>A sample written out in a test.</summary>
/// <param name="Written">How it is written: tells which members are meant.</param>
/// <param name="Bound">Its members but the instances.</param>
/// <param name="Instances">Its instances as written; null when it lists none.</param>
/// <param name="Sample">The sample.</param>
internal sealed record LiteralSample(
    YamlMap Written, SampleLiteral Bound, YamlSequence? Instances, Sample Sample)
{
    /// <summary>Reads a sample; null when something is wrong with it, which has been reported.</summary>
    public static LiteralSample? Read(YamlNode node, ImmutableArray<Category> categories, BindScope scope)
    {
        scope = scope with { What = $"a sample of {scope.What}" };
        if (node is not YamlMap map || SampleLiteral.Shape.Bind(node, scope)?.Value is not SampleLiteral bound)
        {
            if (node is not (YamlMap or YamlUnreadable))
                scope.Problems.Add(node.Place, $"{scope.What} must be a map, found {Found.Describe(node)}");
            return null;
        }
        var list = bound.Instances as YamlSequence;
        if (bound.Instances is not (null or YamlSequence or YamlUnreadable))
        {
            scope.Problems.Add(bound.Instances.Place,
                $"'instances' of {scope.What} must be a list, found {Found.Describe(bound.Instances)}");
            return null;
        }
        ImmutableArray<Instance>? instances =
            LiteralInstances.Read(list?.Items ?? [], bound.Frames, categories, scope with { What = "an instance" });
        return instances is null ? null : new LiteralSample(map, bound, list, SampleOf(bound, instances.Value));
    }

    private static Sample SampleOf(SampleLiteral bound, ImmutableArray<Instance> instances)
    {
        string key = bound.Key ?? "";
        string name = bound.FileName ?? key;
        return new Sample
        {
            Key = key,
            Kind = bound.Frames is null ? SampleKind.Image : SampleKind.Video,
            Id = bound.Id,
            Frames = bound.Frames is not { } count
                ? [new Frame(name, bound.Width, bound.Height)]
                : [.. Enumerable.Range(0, count).Select(i => FrameOf(name, i, bound))],
            Instances = instances,
        };
    }

    private static Frame FrameOf(string name, int position, SampleLiteral bound) =>
        new(FormattableString.Invariant($"{name}/{position:D5}.jpg"), bound.Width, bound.Height)
        {
            Position = position,
        };
}
