using System.Text.RegularExpressions;

namespace SegPipeline.Tests.Conventions;

/// <summary>The house rules that no analyzer knows.</summary>
public sealed partial class StyleTests
{
    private static readonly string[] Roots = ["src", "tests"];

    private static IEnumerable<string> AllFiles => Roots.SelectMany(Sources.CSharp);

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Assert.DoesNotContain(AllFiles, f => Sources.Read(f).Count(c => c == '\n') > 300);

    [Fact]
    public void No_line_is_longer_than_120_characters()
    {
        var wrong = from file in AllFiles
                    from line in Sources.Read(file).Split('\n').Select((text, i) => (Text: text, Number: i + 1))
                    where line.Text.TrimEnd('\r').Length > 120
                    select $"{file}:{line.Number}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_is_left_for_later_and_no_warning_is_silenced_in_a_source_file() =>
        Assert.DoesNotContain(AllFiles, f => !f.EndsWith("StyleTests.cs", StringComparison.Ordinal) &&
            Unfinished().IsMatch(Sources.Read(f)));

    [Fact]
    public void No_file_has_regions() =>
        Assert.DoesNotContain(AllFiles, f => Region().IsMatch(Sources.Read(f)));

    [Fact]
    public void No_type_is_named_after_nothing()
    {
        var wrong = from file in Sources.CSharp("src")
                    from Match m in VagueName().Matches(Sources.Read(file))
                    select $"{file}: {m.Value}";
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|#pragma warning disable")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*#region", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\s+\w+" +
        @"(Manager|Helpers?|Utils?|Utilities|Base|Impl|Data)\b")]
    private static partial Regex VagueName();
}
