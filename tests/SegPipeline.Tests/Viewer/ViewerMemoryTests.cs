using SegPipeline.Formats.Synthetic;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>What the viewer holds of a large dataset.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ViewerMemoryTests
{
    [Fact]
    public async Task A_hundred_thousand_samples_are_listed_at_once_and_take_few_bytes_each()
    {
        const int Samples = 100_000;
        ViewedDataset scenes = ViewedPage.Dataset("many", new SyntheticReader
        {
            Count = Samples,
            Width = 16,
            Height = 16,
            Photo = SyntheticPhoto.None,
        });
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using ViewedPage page = await ViewedPage.ShowAsync(scenes);
        string[] last = await page.KeysAsync($"offset={Samples - 50}&limit=100");
        Assert.Equal(50, last.Length);
        await page.Indexed.WaitAsync(TimeSpan.FromMinutes(5));
        Assert.NotEmpty(await page.KeysAsync("crowd=only&order=largest&limit=10"));
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        // Pools that tests before this one have filled may shrink meanwhile: nothing can be said of the least.
        Assert.True(held < 400L * Samples, $"{held} bytes");
    }
}
