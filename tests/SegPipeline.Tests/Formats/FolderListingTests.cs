using SegPipeline.Formats;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

public sealed class FolderListingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_are_relative_with_forward_slashes_in_ordinal_order()
    {
        Write("b.png", "B.png", "a/10.png", "a/9.png", "a b/1.png", "Z/x/y.png", "é.png", "_.png");
        string[] expected = ["B.png", "Z/x/y.png", "_.png", "a b/1.png", "a/10.png", "a/9.png", "b.png", "é.png"];
        Assert.Equal(expected, Names(List()));
    }

    [Fact]
    public void Sizes_and_paths_are_those_of_the_files()
    {
        _folder.Write("a/one.txt", "12345");
        FolderListing listing = List();
        ListedFile file = Assert.Single(listing.Files);
        Assert.Equal(5, file.SizeBytes);
        Assert.Equal("12345", File.ReadAllText(listing.PathOf(file)));
        Assert.Equal(("a", "one.txt", ".txt"), ($"{file.Folder}", $"{file.FileName}", $"{file.Extension}"));
    }

    [Fact]
    public void What_systems_leave_behind_is_passed_over_and_told_in_one_sentence()
    {
        Write("a.png", "__MACOSX/a/._b.png", "a/._b.png", ".DS_Store", "a/Thumbs.db", "DESKTOP.INI",
            ".ipynb_checkpoints/a.png", ".git/config", ".hidden.png");
        _folder.Write("empty.png", "");
        var warnings = new List<string>();
        FolderListing listing = List();
        listing.Report(warnings.Add);
        Assert.Equal(["a.png"], Names(listing));
        Assert.Equal(
            $"passed over 9 of 10 files in '{Path.GetFileName(_folder.Path)}': " +
            "3 left by macOS, 2 left by Windows, 1 in .ipynb_checkpoints, 2 hidden, 1 without bytes; " +
            "the first is '.DS_Store'",
            Assert.Single(warnings));
    }

    [Fact]
    public void A_clean_folder_is_not_warned_about()
    {
        Write("a.png");
        List().Report(sentence => Assert.Fail(sentence));
    }

    [Fact]
    public void Names_that_only_resemble_junk_are_listed()
    {
        Write("_a.png", "_MACOSX/a.png", "thumbs.dbx", "d.ini", "a.DS_Store");
        Assert.Equal(5, List().Files.Count);
    }

    [Fact]
    public void A_hidden_folder_may_hold_the_dataset_itself()
    {
        _folder.Write(".cache/set/a.png", "x");
        Assert.Equal(["a.png"], Names(FolderListing.Of(InputPath.Of(_folder[".cache/set"]))));
    }

    [Fact]
    public void Extensions_are_taken_in_any_case_and_others_are_counted()
    {
        Write("a.JPG", "b.jpg", "c.png", "d", "e.jpg.txt");
        FolderListing listing = List(new ListingOptions { Extensions = [".jpg"] });
        Assert.Equal(["a.JPG", "b.jpg"], Names(listing));
        Assert.Equal(3, listing.PassedOver[PassedOver.OtherExtension]);
    }

    [Theory]
    [InlineData(0, "a.png", 2)]
    [InlineData(1, "a.png b/c.png", 2)]
    [InlineData(2, "a.png b/c.png b/d/e.png", 1)]
    [InlineData(9, "a.png b/c.png b/d/e.png f/g/h/i.png", 0)]
    public void Folders_deeper_than_asked_for_count_once_each(int depth, string names, int deeper)
    {
        Write("a.png", "b/c.png", "b/d/e.png", "f/g/h/i.png");
        FolderListing listing = List(new ListingOptions { MaxDepth = depth });
        Assert.Equal(names, string.Join(' ', Names(listing)));
        Assert.Equal(deeper, listing.PassedOver.GetValueOrDefault(PassedOver.DeeperFolder));
    }

    [Fact]
    public void Files_without_bytes_are_listed_on_request()
    {
        _folder.Write("a.txt", "");
        Assert.Equal(["a.txt"], Names(List(new ListingOptions { EmptyFiles = EmptyFiles.List })));
    }

    [Fact]
    public void Links_to_files_and_folders_are_followed_out_of_the_tree_too()
    {
        using var elsewhere = new TempFolder();
        string file = elsewhere.Write("deep/far.png", "1234567");
        Write("a.png", "sub/b.png");
        File.CreateSymbolicLink(_folder["link.png"], file);
        Directory.CreateSymbolicLink(_folder["linked"], elsewhere.Path);
        Directory.CreateSymbolicLink(_folder["again"], _folder["sub"]);
        FolderListing listing = List();
        Assert.Equal(["a.png", "again/b.png", "link.png", "linked/deep/far.png", "sub/b.png"], Names(listing));
        Assert.Equal([1, 1, 7, 7, 1], listing.Files.Select(f => (int)f.SizeBytes));
        Assert.All(listing.Files, f => Assert.True(File.Exists(listing.PathOf(f))));
    }

    [Fact]
    public void A_link_to_nothing_is_passed_over()
    {
        Write("a.png");
        File.CreateSymbolicLink(_folder["b.png"], _folder["gone.png"]);
        FolderListing listing = List();
        Assert.Equal(["a.png"], Names(listing));
        Assert.Equal(1, listing.PassedOver[PassedOver.BrokenLink]);
    }

    [Fact]
    public void A_link_that_leads_back_is_refused()
    {
        Write("a/b/c.png");
        Directory.CreateSymbolicLink(_folder["a/b/back"], _folder["a"]);
        Problem problem = Assert.Single(Assert.Throws<BadDataException>(() => List()).Problems);
        Assert.Equal("LINK_LOOP", problem.Code);
        Assert.Equal("link 'a/b/back'", problem.Record);
    }

    [Fact]
    public void Two_links_that_lead_to_each_other_are_refused()
    {
        Write("a/x.png", "b/y.png");
        Directory.CreateSymbolicLink(_folder["a/to_b"], _folder["b"]);
        Directory.CreateSymbolicLink(_folder["b/to_a"], _folder["a"]);
        Assert.Equal("LINK_LOOP", StageHarness.FailsWith(() => List()));
    }

    [Fact]
    public void A_link_in_junk_is_not_followed()
    {
        Write("a.png", ".hidden/b.png");
        Directory.CreateSymbolicLink(_folder[".hidden/back"], _folder.Path);
        Assert.Equal(["a.png"], Names(List()));
    }

    [Fact]
    public void A_folder_that_is_missing_is_told_with_what_to_do()
    {
        var thrown = Assert.Throws<BadDataException>(() => FolderListing.Of(new InputPath("set", _folder["gone"])));
        Assert.Equal(
            "set: there is no such folder; correct the path, or put the dataset there [FOLDER_MISSING]",
            thrown.Message);
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_told()
    {
        _folder.Write("set.zip", "x");
        Assert.Equal("NOT_A_FOLDER", StageHarness.FailsWith(() => FolderListing.Of(InputPath.Of(_folder["set.zip"]))));
    }

    [RealDataFact]
    public void A_real_folder_of_classes_is_listed_whole()
    {
        string root = Path.Combine(SharedData.Data!, "kaggle", "sign-language-digits");
        FolderListing listing = FolderListing.Of(InputPath.Of(root));
        int there = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Count();
        Assert.Equal(there, listing.Files.Count + listing.PassedOver.Values.Sum());
        Assert.Equal(Names(listing).Order(StringComparer.Ordinal), Names(listing));
    }

    private FolderListing List(ListingOptions? options = null) =>
        FolderListing.Of(new InputPath("data", _folder.Path), options);

    private static IEnumerable<string> Names(FolderListing listing) => listing.Files.Select(f => f.Name);

    private void Write(params string[] names)
    {
        foreach (string name in names) _folder.Write(name, "x");
    }
}
