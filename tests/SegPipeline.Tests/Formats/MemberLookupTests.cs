using System.Text;
using SegPipeline.Formats;

namespace SegPipeline.Tests.Formats;

public sealed class MemberLookupTests
{
    private readonly MemberLookup _lookup = new("id", "name");

    [Theory]
    [InlineData("id name", "0 1", null)]
    [InlineData("x id y name", "-1 0 -1 1", null)]
    [InlineData("\\u0069d na\\u006de", "0 1", null)]
    [InlineData("id x id name", "0 -1 0 1", "id")]
    [InlineData("x y x id", "-1 -1 -1 0", "x")]
    [InlineData("id i\\u0064", "0 0", "id")]
    [InlineData("", "", null)]
    public void Members_are_found_whatever_the_record_before_had(string names, string expected, string? repeated)
    {
        foreach (string before in (string[])["", names, "id name", "name x id", "y y y", names])
        {
            Find(before);
            Assert.Equal(expected, Find(names));
            Assert.Equal(repeated, _lookup.Repeated);
        }
    }

    [Fact]
    public void Records_may_have_more_names_than_are_remembered()
    {
        string many = string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"n{i}"));
        Find(many);
        Assert.EndsWith(" 0 1", Find(many + " id name"), StringComparison.Ordinal);
        Assert.Null(_lookup.Repeated);
    }

    private string Find(string names)
    {
        _lookup.Begin();
        return string.Join(' ', names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => _lookup.Find(Encoding.UTF8.GetBytes(name))));
    }
}
