using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Triplets;

/// <summary>An object, ready to be written.</summary>
/// <param name="Mask">Its mask.</param>
/// <param name="PictureName">Name of its picture.</param>
/// <param name="Frame">The frame that the picture is of.</param>
/// <param name="IsEmpty">Whether the mask has no pixel.</param>
/// <param name="VoidPx">Void pixels of its picture, which a mask of triplets cannot tell from background.</param>
internal sealed record EncodedTriplet(
    EncodedFiles Mask, ReleaseName PictureName, Frame Frame, bool IsEmpty, long VoidPx)
{
    /// <summary>Takes it down; of the frame only what tells whether parts share it.</summary>
    public void Save(JournalWriter journal)
    {
        Mask.Save(journal);
        journal.File(PictureName);
        journal.Text(Frame.Name);
        journal.Text(Frame.Photo?.FilePath);
        journal.Flag(IsEmpty);
        journal.Number(VoidPx);
    }

    /// <summary>Reads what was taken down.</summary>
    public static EncodedTriplet Load(JournalReader journal) => new(
        EncodedFiles.Load(journal), journal.File(),
        new Frame(journal.Text()!, WidthPx: 0, HeightPx: 0) { Photo = new StagedPhoto(journal.Text()) },
        journal.Flag(), journal.Number());
}

/// <summary>Turns samples into masks of triplets.</summary>
/// <param name="stage">The writer.</param>
internal sealed class TripletEncoder(TripletsWriter stage)
{
    private readonly string _suffix = stage.Role == TripletRole.Gt ? "_gt.png" : "_seg.png";

    /// <summary>The files of a sample.</summary>
    /// <exception cref="BadDataException">It cannot be written as triplets.</exception>
    public IEnumerable<EncodedTriplet> Encode(Sample sample)
    {
        Frame frame = sample.Frame;
        if (frame.HeightPx <= 0 || frame.WidthPx <= 0)
            throw Fault(sample, "FRAME_SIZE", "expected the size of the image, found none", null);
        long voidPx = frame.Void?.ToMask(frame.HeightPx, frame.WidthPx)?.AreaPx ?? 0;
        return NamedMasks(sample).Select(m => Encoded(m.Name, m.Photo, m.Mask, frame, voidPx));
    }

    private EncodedTriplet Encoded(string name, string photo, Mask mask, Frame frame, long voidPx)
    {
        string extension = Path.GetExtension(frame.Name.Replace('\\', '/'));
        var file = new EncodedFiles();
        file.Add(stage.Dir / ReleaseName.From(name + _suffix),
            BinaryMaskPng.Encode(mask, stage.Bits, stage.Compression));
        return new EncodedTriplet(
            file, stage.Dir / ReleaseName.From(photo + "_im" + (extension.Length > 1 ? extension : ".jpg")),
            frame, mask.IsEmpty, voidPx);
    }

    private IEnumerable<(string Name, string Photo, Mask Mask)> NamedMasks(Sample sample) => stage.Names switch
    {
        TripletNames.Key => [OfKey(sample)],
        TripletNames.Category => OfCategories(sample),
        _ => OfParts(sample),
    };

    private static (string Name, string Photo, Mask Mask) OfKey(Sample sample)
    {
        if (sample.Instances.Length > 1)
            throw Fault(sample, "OBJECTS",
                $"expected at most one object in an image, found {sample.Instances.Length}",
                "set names: category or part, which make a file of each");
        Mask mask = sample.Instances.Length == 0
            ? Mask.Empty(sample.Frame.HeightPx, sample.Frame.WidthPx)
            : MaskOf(sample.Instances[0], sample);
        string name = NameParts.KeyStem(sample), photo = PhotoOf(sample);
        bool isPart = TripletName.Read(name, TripletLayout.AdeSplit) is { } part && part.Photo == photo;
        return (name, isPart ? photo : name, mask);
    }

    private static IEnumerable<(string Name, string Photo, Mask Mask)> OfCategories(Sample sample)
    {
        var masks = new SortedDictionary<long, List<Mask>>();
        foreach (Instance instance in sample.Instances)
        {
            long label = LabelOf(instance, sample);
            if (label > 99)
                throw Fault(sample, "CLASS_LABEL", $"expected a category id of two digits, found {label}",
                    "set names: part");
            if (!masks.TryGetValue(label, out List<Mask>? same)) masks.Add(label, same = []);
            same.Add(MaskOf(instance, sample));
        }
        foreach ((long label, List<Mask> all) in masks)
        {
            string name = TripletName.OfClass(PhotoOf(sample), label);
            yield return (name, name, MaskSets.Union([.. all]));
        }
    }

    private static IEnumerable<(string Name, string Photo, Mask Mask)> OfParts(Sample sample)
    {
        var parts = new Dictionary<long, int>();
        foreach (Instance instance in sample.Instances)
        {
            long label = LabelOf(instance, sample);
            int part = parts[label] = parts.GetValueOrDefault(label) + 1;
            yield return (TripletName.OfPart(PhotoOf(sample), label, part), PhotoOf(sample), MaskOf(instance, sample));
        }
    }

    /// <summary>The name of the photo, without folders, extension, and the mark that it may have from a folder of
    /// triplets.</summary>
    private static string PhotoOf(Sample sample)
    {
        string stem = Path.GetFileNameWithoutExtension(
            NameParts.Last(sample.Frame.Name.Replace('\\', '/'), 1));
        return stem.Length > 3 && stem.EndsWith("_im", StringComparison.Ordinal) ? stem[..^3] : stem;
    }

    private static long LabelOf(Instance instance, Sample sample) =>
        instance.CategoryId is { IsInteger: true, Number: >= 0 and var label } ? label
            : throw Fault(sample, "CLASS_LABEL",
                $"expected a category id from 0 on, found {instance.CategoryId?.ToString() ?? "none"}",
                "map categories to numbers, or set names: key");

    private static Mask MaskOf(Instance instance, Sample sample) =>
        instance.Segmentation.ToMask(sample.Frame.HeightPx, sample.Frame.WidthPx) ??
        throw Fault(sample, "NO_MASK", "expected a mask of every object, found none",
            "drop objects without a mask before they are written");

    private static BadDataException Fault(Sample sample, string code, string message, string? remedy) =>
        new(new Problem(code, message) { Record = $"image {sample.Key}", Remedy = remedy });
}
