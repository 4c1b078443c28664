using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class FirstKTests
{
    private static readonly Sample[] Pictures =
        [.. new[] { "b/pic_10", "b/pic_9", "a/pic_2", "a/pic_10", "b/pic_1", "top" }.Select(key => Image(key))];

    [Fact]
    public void The_first_of_each_folder_are_taken_by_the_value_of_numbers()
    {
        ILookup<string, string> taken = new FirstK { Count = 2 }.Run(Pictures);

        Assert.Equal(["b/pic_9", "a/pic_2", "a/pic_10", "b/pic_1", "top"], taken["out"]);
        Assert.Equal(["b/pic_10"], taken["rest"]);
    }

    [Theory]
    [InlineData(NameOrder.Ordinal, "b/pic_9")]
    [InlineData(NameOrder.Source, "b/pic_1")]
    public void The_order_can_be_ordinal_or_that_of_the_source(NameOrder order, string rest) =>
        Assert.Equal([rest], new FirstK { Count = 2, Order = order }.Run(Pictures)["rest"]);

    [Fact]
    public void The_first_of_the_whole_dataset_are_taken() =>
        Assert.Equal(["a/pic_2"], new FirstK { Count = 1, Per = FirstOf.Dataset }.Run(Pictures)["out"]);

    [Fact]
    public void A_sample_is_taken_when_it_is_among_the_first_of_any_of_its_categories()
    {
        Sample[] samples =
        [
            Image("a", Object(1, 1), Object(2, 1)), Image("b", Object(3, 1), Object(4, 2)), Image("c", Object(5, 1)),
            Image("d"), Image("e", Object(6, 2)),
        ];

        ILookup<string, string> taken = new FirstK { Count = 1, Per = FirstOf.Category }.Run(samples);

        Assert.Equal(["a", "b"], taken["out"]);
        Assert.Equal(["c", "d", "e"], taken["rest"]);
    }

    [Fact]
    public void Folders_with_too_few_are_warned_of()
    {
        var warnings = new List<string>();

        new FirstK { Count = 3 }.Run(Pictures, context: Context with { Warn = warnings.Add });

        Assert.Equal(
            ["folder '' has only 1 of the 3 to be taken", "folder 'a' has only 2 of the 3 to be taken"], warnings);
    }

    [Fact]
    public void Only_categories_need_samples_to_be_read()
    {
        Assert.True(new FirstK { Count = 1 }.KeysSuffice);
        Assert.False(new FirstK { Count = 1, Per = FirstOf.Category }.KeysSuffice);
    }

    [Fact]
    public void The_first_frames_of_each_video_can_be_taken_wherever_they_stand()
    {
        Sample Of(string key, string video)
        {
            Sample image = Image(key);
            return image with { ExtraMembers = image.ExtraMembers.Add("video_id", video) };
        }

        Sample[] frames = [Of("9", "1"), Of("1", "2"), Of("10", "1"), Of("2", "2"), Of("3", "1")];

        ILookup<string, string> taken = new FirstK { Count = 2, Per = FirstOf.Video }.Run(frames);

        Assert.Equal(["9", "1", "2", "3"], taken["out"]);
        Assert.Equal(["10"], taken["rest"]);
        Assert.Equal("KIND", FailsWith(() => new FirstK { Count = 2, Per = FirstOf.Video }.Run([Video("v", 2)])));
    }
}
