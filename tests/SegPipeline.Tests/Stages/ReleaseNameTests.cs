using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Stages;

public sealed class ReleaseNameTests
{
    [Theory]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("\\\\server\\share", "absolute")]
    [InlineData("C:\\x.jpg", "colon")]
    [InlineData("a/../b.jpg", "..")]
    [InlineData("..", "..")]
    [InlineData("./a", "'.'")]
    [InlineData("a//b", "empty part")]
    [InlineData("a/", "empty part")]
    [InlineData("", "is empty")]
    [InlineData("a\0b", "control")]
    [InlineData("a\nb", "control")]
    [InlineData("con", "device")]
    [InlineData("img/NUL.jpg", "device")]
    [InlineData("LPT1.txt", "device")]
    [InlineData("a./b", "ends in a dot")]
    [InlineData("a /b", "ends in a dot or blank")]
    public void A_name_that_could_leave_the_release_or_cannot_be_stored_is_refused(string text, string fault)
    {
        var e = Assert.Throws<BadDataException>(() => ReleaseName.From(text));
        Assert.Equal("UNSAFE_NAME", e.Problems[0].Code);
        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
        Assert.False(ReleaseName.TryParse(text, null, out _));
    }

    [Theory]
    [InlineData("images\\v1\\patch8\\a.jpg", "images/v1/patch8/a.jpg")]
    [InlineData("COM.txt", "COM.txt")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("%2e%2e/a", "%2e%2e/a")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("é ü.jpg", "é ü.jpg")]
    public void Any_other_name_is_taken_with_forward_slashes(string text, string name) =>
        Assert.Equal(name, ReleaseName.From(text).Value);

    [Fact]
    public void Names_that_some_file_system_takes_for_one_collide()
    {
        string composed = "\u00e9.jpg", decomposed = "e\u0301.JPG";
        Assert.Equal(ReleaseName.From(composed).CollisionKey, ReleaseName.From(decomposed).CollisionKey);
        Assert.NotEqual(ReleaseName.From("a.png").CollisionKey, ReleaseName.From("a.jpg").CollisionKey);
    }
}
