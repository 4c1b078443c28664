using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Tests.Model;

public sealed class InstanceTests
{
    private sealed class CountingSource : InstanceSource
    {
        public int Reads { get; private set; }

        public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal)
        {
            Reads++;
            return [Segmentation.EmptyList];
        }

        public override ImmutableArray<double?> ReadAreas(int ordinal) => [ordinal + 0.5];

        public override ImmutableArray<Box?> ReadBoxes(int ordinal) => [];

        public override double? ReadScore(int ordinal) => 0.25;

        public override string? ReadMember(int ordinal, string name) => name == "attr" ? "\"from source\"" : null;

        public override JsonSlice? Record(int ordinal) => null;

        public override long? Order(int ordinal) => ordinal;
    }

    [Fact]
    public void Nothing_is_read_from_the_source_until_it_is_asked_for()
    {
        var source = new CountingSource();
        var instance = new Instance(source, 3, new RecordId(9), new RecordId(1), isCrowd: null);
        Instance other = instance with { IsCrowd = true };
        Assert.Equal(0, source.Reads);
        Assert.Equal(Segmentation.EmptyList, other.Segmentation);
        Assert.Equal(1, source.Reads);
        Assert.Equal(3.5, other.AreaPx);
        Assert.Equal(3, other.SourceOrder);
    }

    [Fact]
    public void A_member_that_is_set_is_marked_and_no_other()
    {
        var instance = new Instance(new CountingSource(), 0, new RecordId(9), null, isCrowd: false);
        Assert.Equal(InstanceMembers.None, instance.Changed);
        Assert.Equal(InstanceMembers.IsCrowd, (instance with { IsCrowd = false }).Changed);
        Instance twice = (instance with { AreasPx = [4] }) with { Score = 1 };
        Assert.Equal(InstanceMembers.AreasPx | InstanceMembers.Score, twice.Changed);
        Assert.Equal(4, twice.AreaPx);
        Assert.Equal(InstanceMembers.None, instance.Changed);
    }

    [Fact]
    public void An_extra_member_hides_the_one_in_the_source()
    {
        var instance = new Instance(new CountingSource(), 0, null, null, null);
        Assert.Equal("\"from source\"", instance.MemberText("attr"));
        Instance changed = instance with { ExtraMembers = instance.ExtraMembers.SetItem("attr", "1") };
        Assert.Equal("1", changed.MemberText("attr"));
        Assert.Null(changed.MemberText("none"));
    }

    [Fact]
    public void An_instance_without_a_source_has_nothing_but_what_is_set()
    {
        var instance = new Instance { Id = new RecordId(1) };
        Assert.Equal(SegmentationForm.Missing, instance.Segmentation.Form);
        Assert.Null(instance.Box);
        Assert.Null(instance.SourceRecord);
        Assert.Equal(InstanceMembers.Id, instance.Changed);
    }

    [Fact]
    public void A_mask_of_another_size_is_refused_and_never_resized()
    {
        var segmentation = new MaskSegmentation(new Mask(2, 3, [6]), SegmentationForm.Counts);
        Assert.Same(segmentation.Mask, segmentation.ToMask(2, 3));
        var e = Assert.Throws<BadDataException>(() => segmentation.ToMask(3, 2));
        Assert.Equal("RLE_SIZE", e.Problems[0].Code);
    }
}
