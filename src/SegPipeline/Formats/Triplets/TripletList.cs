using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.Triplets;

/// <summary>Finds the samples of a folder of triplets from names alone.</summary>
internal sealed class TripletList
{
    private readonly TripletsReader _stage;
    private readonly TripletFiles _files;

    private TripletList(TripletsReader stage, TripletFiles files)
    {
        _stage = stage;
        _files = files;
        string[] all = [.. files.Names];
        TripletLayout layout = stage.Layout == TripletLayout.Auto ? LayoutOf(all) : stage.Layout;
        TripletName[] names = [.. all.Select(name => TripletName.Read(name, layout) ?? throw OfNoLayout(name, layout))];
        Classes = new TripletClasses(stage, layout, names);
        TripletEntry[] objects = [.. names.Select(EntryOf)];
        Samples = stage.Samples == TripletSamples.Objects
            ? [.. objects.Select(o => SampleOf(o.Name.Name, o.Picture?.Name ?? FrameNameOf(o.Name), [o]))]
            : [.. objects.GroupBy(o => o.Name.Photo, StringComparer.Ordinal).Select(PhotoOf)];
    }

    /// <summary>The folder.</summary>
    public FolderListing Listing => _files.Listing;

    /// <summary>The categories.</summary>
    public TripletClasses Classes { get; }

    /// <summary>The samples, in ordinal order of their names.</summary>
    public ImmutableArray<TripletSample> Samples { get; }

    /// <summary>Lists the folder of a reader, and tells what is missing or was passed over.</summary>
    /// <exception cref="BadDataException">The folder is missing or has no masks, or its names do not agree.</exception>
    public static TripletList Of(TripletsReader stage, Action<string> warn)
    {
        TripletFiles files = TripletFiles.Of(stage);
        files.Listing.Report(warn);
        if (files.Gt.Count + files.Seg.Count == 0)
            throw new BadDataException(new Problem("NO_TRIPLETS",
                $"expected masks NAME{stage.GtSuffix}.png or NAME{stage.SegSuffix}.png, found " +
                $"{files.Pictures.Count + files.Others.Count} other pictures")
            {
                File = stage.Root.Text,
                Remedy = "name the folder that holds them, or set gt_suffix and seg_suffix",
            });
        var list = new TripletList(stage, files);
        list.Report(warn);
        return list;
    }

    private void Report(Action<string> warn)
    {
        string folder = Listing.FolderName;
        TripletEntry[] objects = [.. Samples.SelectMany(s => s.Objects)];
        Tell("without a true mask", objects.Where(o => o.Gt is null));
        // A folder of truths alone lacks nothing.
        if (Array.Exists(objects, o => o.Seg is not null))
            Tell($"without a mask {_stage.SegSuffix}", objects.Where(o => o.Seg is null));
        Tell("without a picture", objects.Where(o => o.Picture is null));
        var taken = objects.Select(o => o.Picture?.Name).ToHashSet(StringComparer.Ordinal);
        string[] idle = [.. _files.Pictures.Values.Select(p => p.Name).Where(p => !taken.Contains(p))
            .Order(StringComparer.Ordinal)];
        if (idle.Length > 0)
            warn($"passed over {Counted.Of(idle.Length, "picture")} in '{folder}' without a mask; " +
                $"the first is '{idle[0]}'");
        if (_files.Others.Count > 0)
            warn($"passed over {Counted.Of(_files.Others.Count, "file")} in '{folder}', neither pictures " +
                $"({_stage.ImageSuffix}) nor PNG masks ({_stage.GtSuffix}, {_stage.SegSuffix}); " +
                $"the first is '{_files.Others[0]}'");

        void Tell(string what, IEnumerable<TripletEntry> lacking)
        {
            TripletEntry[] all = [.. lacking];
            if (all.Length > 0)
                warn($"{all.Length} of {Counted.Of(objects.Length, "object")} in '{folder}' {what}; " +
                    $"the first is '{all[0].Name.Name}'");
        }
    }

    private TripletLayout LayoutOf(string[] names)
    {
        ILookup<TripletLayout, string> found = names.ToLookup(TripletName.LayoutOf);
        if (found.Count == 1) return found.Single().Key;
        string examples = string.Join(" and ", found.OrderBy(g => g.Key).Select(g => $"'{g.First()}'"));
        throw new BadDataException(new Problem("LAYOUT", $"expected names of one layout, found {examples}")
        {
            File = _stage.Root.Text,
            Remedy = "set layout: big, pascal or ade_split",
        });
    }

    private TripletEntry EntryOf(TripletName name)
    {
        ListedFile? picture = Find(_files.Pictures, name.Name) ?? Find(_files.Pictures, name.Photo);
        return new TripletEntry(name, picture, Find(_files.Gt, name.Name), Find(_files.Seg, name.Name))
        {
            Category = Classes.Of(name),
        };
    }

    private string FrameNameOf(TripletName name) => name.Photo + _stage.ImageSuffix + ".jpg";

    private static TripletSample PhotoOf(IGrouping<string, TripletEntry> objects)
    {
        TripletSample photo = SampleOf("", "", [.. objects]);
        string extension = photo.Picture is { } picture ? picture.Extension.ToString() : ".jpg";
        return photo with { Key = objects.Key + extension, FrameName = objects.Key + extension };
    }

    private static TripletSample SampleOf(string key, string frame, ImmutableArray<TripletEntry> objects)
    {
        TripletEntry? unknown = objects.FirstOrDefault(o => o.Category is null);
        return new TripletSample(key, frame, objects)
        {
            Problem = unknown is null ? null : TripletClasses.Unknown(unknown.Name),
        };
    }

    private BadDataException OfNoLayout(string name, TripletLayout layout) => new(new Problem("LAYOUT",
        layout == TripletLayout.Pascal
            ? "expected a name that ends in two digits for the class, 2007_000032_15"
            : "expected a name that ends in class and part, ADE_val_00000001_12.3")
    {
        File = _stage.Root.Text,
        Record = name,
        Remedy = "set the layout that the folder has",
    });

    private static ListedFile? Find(IReadOnlyDictionary<string, ListedFile> files, string name) =>
        files.TryGetValue(name, out ListedFile file) ? file : null;
}
