using SegPipeline.Releases;

namespace SegPipeline.Tests.Releases;

/// <summary>What a dataset card says of where a dataset comes from.</summary>
public sealed class DatasetCardTests
{
    [Fact]
    public void Who_made_and_published_it_is_told_as_far_as_the_pipeline_says()
    {
        Assert.Contains("\n\nVersion 1.0. Made by Ada, Grace. Published by Institute, 2026-11-28.\n\n## What",
            Card(new CardText
            {
                Version = "1.0",
                Creators = ["Ada", "Grace"],
                Publisher = "Institute",
                Published = "2026-11-28",
            }), StringComparison.Ordinal);
        Assert.Contains("\n\nPublished 2026-11-28.\n\n", Card(new CardText { Published = "2026-11-28" }),
            StringComparison.Ordinal);
        Assert.Contains("# demo\n\n## What is in it", Card(new CardText()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@misc{a,\n  title = {A}\n}\n", "```bibtex\n@misc{a,\n  title = {A}\n}\n```\n")]
    [InlineData("Ada (2026): A.", "Ada (2026): A.\n")]
    public void An_entry_of_BibTeX_keeps_its_lines(string citation, string expected) =>
        Assert.Contains($"## Citation\n\n{expected}\n## ", Card(new CardText { Citation = citation }),
            StringComparison.Ordinal);

    private static string Card(CardText card) => DatasetCard.Text(TestRelease.Record with { Card = card }, []);
}
