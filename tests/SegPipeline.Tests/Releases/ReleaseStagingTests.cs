using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class ReleaseStagingTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Target => _temp["set"];

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_a_killed_run_left_is_removed_by_the_next()
    {
        TestRelease.Make(Target, ("a.json", "old"));
        _temp.Write(".set.partial-0011/files/a.json", "half");
        _temp.Write(".set.partial-0011/scratch/1", "x");

        using (TestRelease.Begin(Target)) Assert.False(Directory.Exists(_temp[".set.partial-0011"]));
        Assert.Equal("old", TestRelease.Contents(Target)["a.json"]);
    }

    [Fact]
    public void A_release_that_was_moved_aside_when_the_run_was_killed_comes_back()
    {
        TestRelease.Make(Target, ("a.json", "old"));
        Directory.CreateDirectory(_temp[".set.partial-0011"]);
        Directory.Move(Target, _temp[".set.partial-0011/old"]);

        using (TestRelease.Begin(Target)) { }
        Assert.Equal("old", TestRelease.Contents(Target)["a.json"]);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void An_old_release_that_was_already_replaced_when_the_run_was_killed_is_removed()
    {
        TestRelease.Make(Target, ("a.json", "new"));
        _temp.Write(".set.partial-0011/old/a.json", "old");

        using (TestRelease.Begin(Target)) { }
        Assert.Equal("new", TestRelease.Contents(Target)["a.json"]);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void What_belongs_to_another_release_is_left_alone()
    {
        _temp.Write(".setting.partial-0011/files/a.json", "x");
        using (TestRelease.Begin(Target)) { }
        Assert.True(File.Exists(_temp[".setting.partial-0011/files/a.json"]));
    }

    [Fact]
    public void A_folder_that_is_no_release_is_not_replaced()
    {
        _temp.Write("set/thesis.tex", "years of work");
        Assert.Equal("NOT_A_RELEASE", TestRelease.Code(() => TestRelease.Begin(Target)));
        Assert.Equal(["thesis.tex"], TestRelease.Contents(Target).Keys);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void A_folder_whose_manifest_is_of_another_program_is_not_replaced()
    {
        _temp.Write("set/MANIFEST.json", """{ "files": [] }""");
        Assert.Equal("NOT_A_RELEASE", TestRelease.Code(() => TestRelease.Begin(Target)));
    }

    [Fact]
    public void A_release_into_which_somebody_put_a_file_is_not_replaced()
    {
        TestRelease.Make(Target, ("a.json", "old"));
        _temp.Write("set/notes/mine.txt", "mine");
        var refused = Assert.Throws<BadDataException>(() => TestRelease.Begin(Target)).Problems[0];
        Assert.Equal("NOT_A_RELEASE", refused.Code);
        Assert.Contains("'notes/mine.txt'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_replaced()
    {
        Directory.CreateDirectory(Target);
        TestRelease.Make(Target, ("a.json", "new"));
        Assert.Equal("new", TestRelease.Contents(Target)["a.json"]);
    }

    [Fact]
    public void A_release_whose_folder_is_a_link_is_replaced_where_the_link_leads()
    {
        TestRelease.Make(_temp["disk/real"], ("a.json", "old"));
        Directory.CreateSymbolicLink(Target, _temp["disk/real"]);

        TestRelease.Make(Target, ("a.json", "new"));

        Assert.Equal(_temp["disk/real"], new DirectoryInfo(Target).LinkTarget);
        Assert.Equal("new", TestRelease.Contents(_temp["disk/real"])["a.json"]);
    }

    [Fact]
    public void A_file_in_the_place_of_the_release_is_refused()
    {
        _temp.Write("set", "a file");
        Assert.Equal("RELEASE_NOT_WRITABLE", TestRelease.Code(() => TestRelease.Begin(Target)));
    }

    [Fact]
    public void Where_folders_cannot_be_swapped_the_old_release_is_moved_aside_and_removed()
    {
        TestRelease.Make(Target, ("a.json", "old"));
        using (var staging = ReleaseStaging.Begin(Target, "0011"))
        {
            File.WriteAllText(Path.Combine(staging.Files, "a.json"), "new");
            staging.Publish(exchange: (_, _) => false);
        }
        Assert.Equal("new", Assert.Single(TestRelease.Contents(Target)).Value);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void A_release_moved_aside_comes_back_when_the_new_one_cannot_take_its_place()
    {
        TestRelease.Make(Target, ("a.json", "old"));
        using (var staging = ReleaseStaging.Begin(Target, "0011"))
        {
            Directory.Delete(staging.Files);
            Assert.ThrowsAny<IOException>(() => staging.Publish(exchange: (_, _) => false));
        }
        Assert.Equal("old", TestRelease.Contents(Target)["a.json"]);
        Assert.Equal(["set"], TestRelease.Entries(_temp.Path));
    }

    [Fact]
    public void Missing_folders_above_the_release_are_made()
    {
        TestRelease.Make(_temp["a/b/set"], ("a.json", "new"));
        Assert.True(File.Exists(_temp["a/b/set/a.json"]));
    }

    [LinuxFact]
    public async Task A_reader_finds_a_whole_release_at_every_moment()
    {
        TestRelease.Make(Target, ("a.json", "0"), ("b.json", "0"));
        using var stop = new CancellationTokenSource();
        Task<int> reader = Task.Run(() =>
        {
            int absent = 0;
            while (!stop.IsCancellationRequested)
                if (!File.Exists(Path.Combine(Target, "MANIFEST.json"))) absent++;
            return absent;
        });
        for (int i = 1; i <= 20; i++) TestRelease.Make(Target, ("a.json", $"{i}"), ("b.json", $"{i}"));
        await stop.CancelAsync();
        Assert.Equal(0, await reader);
    }

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute() =>
            Skip = OperatingSystem.IsLinux() ? null : "this system cannot swap two folders in one step";
    }
}
