using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Conventions;

/// <summary>A stage is one file: what design and documentation rely on, checked over every stage there is.</summary>
public sealed partial class StageRulesTests
{
    public static TheoryData<string> StageTypes => new(AllStages.Select(t => t.FullName!));

    private static IEnumerable<Type> AllStages => typeof(Stage).Assembly.GetTypes()
        .Where(t => t.GetCustomAttribute<StageAttribute>() is not null)
        .OrderBy(t => t.FullName, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(StageTypes))]
    public void A_stage_is_a_public_sealed_record_of_one_of_the_six_kinds(string stage)
    {
        Type type = Find(stage);
        Assert.True(type is { IsPublic: true, IsSealed: true });
        Assert.NotNull(type.GetMethod("<Clone>$"));
        Type[] kinds =
            [typeof(Reader), typeof(Transform), typeof(Selector), typeof(Grouping), typeof(Join), typeof(Writer)];
        Assert.Contains(type.BaseType, kinds);
    }

    [Theory]
    [MemberData(nameof(StageTypes))]
    public void A_stage_keeps_nothing_but_its_keys(string stage)
    {
        Type type = Find(stage);
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
        Assert.All(fields, f => Assert.NotNull(f.GetCustomAttribute<CompilerGeneratedAttribute>()));
        var keys = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(p => p.SetMethod is not null);
        Assert.All(keys, p => Assert.Contains(
            typeof(IsExternalInit), p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
    }

    [Theory]
    [MemberData(nameof(StageTypes))]
    public void A_stage_has_one_source_file_with_an_example_and_one_test_file(string stage)
    {
        Type type = Find(stage);
        string file = Assert.Single(Sources.CSharp("src/SegPipeline"), f => f.EndsWith($"/{type.Name}.cs", Ordinal));
        Assert.Matches(@"src/SegPipeline/(Transforms|Formats/\w+)/", file);
        Assert.Contains("<example>", Sources.Read(file), Ordinal);
        Assert.Single(Sources.CSharp("tests/SegPipeline.Tests"), f => f.EndsWith($"/{type.Name}Tests.cs", Ordinal));
    }

    [Fact]
    public void Stage_names_are_unique_and_in_snake_case()
    {
        string[] names = [.. AllStages.Select(t => t.GetCustomAttribute<StageAttribute>()!.Name)];
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, n => Assert.Matches(NamePattern(), n));
        Assert.All(AllStages, t => Assert.Equal(
            t.BaseType == typeof(Reader), t.GetCustomAttribute<StageAttribute>()!.Name.StartsWith("read.", Ordinal)));
        Assert.All(AllStages, t => Assert.Equal(
            t.BaseType == typeof(Writer), t.GetCustomAttribute<StageAttribute>()!.Name.StartsWith("write.", Ordinal)));
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static Type Find(string name) => typeof(Stage).Assembly.GetType(name, throwOnError: true)!;

    [GeneratedRegex(@"^((read|write)\.)?[a-z][a-z0-9_]*$")]
    private static partial Regex NamePattern();
}
