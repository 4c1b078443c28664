using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Transforms;

public sealed class RelabelAddedImageTests
{
    private static readonly Relabel Add = new() { OnlyCorrected = OnlyCorrected.Add };

    private static Sample Added => Image("a", Object(7)) with { Id = new RecordId(5) };

    [Fact]
    public void Instances_of_an_added_image_get_ids_anew_as_originals_of_other_images_may_have_theirs()
    {
        Sample added = Add.Run([null, Added]).Only;

        Assert.Equal(new RecordId(5), added.Id);
        Assert.Null(added.Instances[0].Id);
        Assert.Equal("\"corrected\"", added.Instances[0].MemberText("source"));
    }

    [Fact]
    public void They_keep_their_ids_when_told_to()
    {
        Sample added = (Add with { Ids = RelabelIds.Keep, Provenance = Provenance.None }).Run([null, Added]).Only;

        Assert.Equal(new RecordId(7), added.Instances[0].Id);
        Assert.Null(added.Instances[0].MemberText("source"));
    }
}
