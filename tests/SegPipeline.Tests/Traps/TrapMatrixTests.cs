using System.Reflection;
using System.Text.RegularExpressions;
using SegPipeline.Tests.Conventions;

namespace SegPipeline.Tests.Traps;

/// <summary>The page that lists the traps names tests that are there, and all of this folder.</summary>
public sealed partial class TrapMatrixTests
{
    private static readonly ILookup<string, MethodInfo> Tests = typeof(TrapMatrixTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
        .ToLookup(method => $"{method.DeclaringType!.Name}.{method.Name}", StringComparer.Ordinal);

    private static IReadOnlyCollection<Match> Named =>
        [.. Name().Matches(Sources.Read("tests/SegPipeline.Tests/Traps/README.md")).OfType<Match>()];

    [Fact]
    public void Every_test_and_row_that_is_named_is_there()
    {
        Assert.NotEmpty(Named);
        foreach (Match named in Named)
        {
            MethodInfo test = Assert.Single(Tests[named.Groups["test"].Value]);
            string[] known = [.. test.GetCustomAttributes<InlineDataAttribute>()
                .Select(row => $"{row.GetData(test).First()[0]}".Replace(",", "", StringComparison.Ordinal))];
            foreach (string row in named.Groups["rows"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))
                Assert.Contains(row, known);
        }
    }

    [Fact]
    public void Every_test_of_a_trap_is_named()
    {
        var named = Named.Select(m => m.Groups["test"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Tests.Where(t => t.First().DeclaringType!.Namespace == typeof(TrapMatrixTests).Namespace &&
            t.First().DeclaringType != typeof(TrapMatrixTests) && !named.Contains(t.Key)).Select(t => t.Key));
    }

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`(?: \((?<rows>[^)]*)\))?")]
    private static partial Regex Name();
}
