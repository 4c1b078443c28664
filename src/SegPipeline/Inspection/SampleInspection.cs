using SegPipeline.Imaging;
using SegPipeline.Model;

namespace SegPipeline.Inspection;

/// <summary>Looks for what is suspicious in samples. Safe on several threads.</summary>
/// <param name="info">What is known about the dataset.</param>
/// <param name="photos">Whether photos are looked at.</param>
internal sealed class SampleInspection(DatasetInfo info, PhotoLook photos)
{
    private const double TinyPx = 16;
    private const double HugeShare = 0.95;
    private const double NearlySame = 0.9;

    private readonly HashSet<RecordId>? _categories =
        info.Taxonomy.IsDeclared ? [.. info.Taxonomy.Categories.Select(c => c.Id)] : null;

    /// <summary>Looks at a sample.</summary>
    public void Inspect(Sample sample, FindingBook book)
    {
        if (sample.Rejection is { } rejection)
        {
            book.Add(Finding.Rejected, () => $"{sample.Key}: {rejection.Problems[0]}");
            return;
        }
        foreach (Frame frame in sample.Frames)
            if (frame.WidthPx <= 0 || frame.HeightPx <= 0) book.Add(Finding.NoSize, () => Place(sample, frame));
        if (photos == PhotoLook.Headers)
            foreach (Frame frame in sample.Frames) InspectPhoto(sample, frame, book);
        InspectInstances(sample, book);
    }

    private void InspectInstances(Sample sample, FindingBook book)
    {
        var outlines = new List<InstanceOutline>(sample.Instances.Length);
        for (int i = 0; i < sample.Instances.Length; i++)
        {
            Instance instance = sample.Instances[i];
            int number = i;
            if (_categories is not null && instance.CategoryId is { } category && !_categories.Contains(category))
                book.Add(Finding.UnknownCategory, () => $"{Place(sample, number)}: {category}");
            try
            {
                outlines.Add(new InstanceOutline(instance, number, sample.Frames));
            }
            catch (BadDataException e)
            {
                book.Add(Finding.Unreadable, () => $"{Place(sample, number)}: {e.Problems[0].Message}");
            }
        }
        foreach (InstanceOutline outline in outlines) InspectOutline(sample, outline, book);
        for (int f = 0; f < sample.Frames.Length; f++) ComparePairs(sample, f, outlines, book);
    }

    private static void InspectOutline(Sample sample, InstanceOutline outline, FindingBook book)
    {
        if (outline.IsEmpty)
        {
            book.Add(Finding.Empty, () => Place(sample, outline.Number));
            return;
        }
        for (int f = 0; f < sample.Frames.Length; f++)
        {
            int frame = f;
            Frame picture = sample.Frames[f];
            string Where() => Place(sample, outline.Number, frame);
            if (outline.AreaIn(f) is { } area)
            {
                double pixels = (double)picture.WidthPx * picture.HeightPx;
                if (area == 0) book.Add(Finding.Empty, Where);
                else if (area < TinyPx)
                    book.Add(Finding.Tiny, () => FormattableString.Invariant($"{Where()}: {area:0.##} px"));
                else if (pixels > 0 && area > HugeShare * pixels && !outline.IsCrowd)
                    book.Add(Finding.Huge, () => FormattableString.Invariant($"{Where()}: {area / pixels:0.#%}"));
            }
            if (outline.BoxIn(f) is { } box && picture.WidthPx > 0 && IsOutside(box, picture))
                book.Add(Finding.Outside, () => Where() + FormattableString.Invariant(
                    $": box {box.X}, {box.Y}, {box.Width}, {box.Height}") + FormattableString.Invariant(
                    $" in {picture.WidthPx} x {picture.HeightPx}"));
        }
    }

    private static bool IsOutside(Box box, Frame picture) => box.X < -1 || box.Y < -1 ||
        box.X + box.Width > picture.WidthPx + 1 || box.Y + box.Height > picture.HeightPx + 1;

    // In the order of their left edges, so that only those are compared that can touch.
    private static void ComparePairs(Sample sample, int frame, List<InstanceOutline> outlines, FindingBook book)
    {
        var boxes = new List<(Box Box, InstanceOutline Outline)>();
        foreach (InstanceOutline outline in outlines)
            if (outline.BoxIn(frame) is { Width: > 0, Height: > 0 } box) boxes.Add((box, outline));
        boxes.Sort((a, b) => (a.Box.X, a.Outline.Number).CompareTo((b.Box.X, b.Outline.Number)));
        for (int i = 0; i < boxes.Count; i++)
        {
            (Box box, InstanceOutline one) = boxes[i];
            for (int k = i + 1; k < boxes.Count && boxes[k].Box.X < box.X + box.Width; k++)
            {
                (Box otherBox, InstanceOutline other) = boxes[k];
                if (one.CategoryId != other.CategoryId || Iou(box, otherBox) <= NearlySame) continue;
                Finding? finding = box == otherBox && one.HasShapeOf(other, frame) ? Finding.Duplicate
                    : one.IsCrowd || other.IsCrowd ? null : Finding.Overlapping;
                if (finding is { } found)
                    book.Add(found, () => $"{Place(sample, Math.Max(one.Number, other.Number), frame)} and " +
                        NameOf(sample, Math.Min(one.Number, other.Number)));
            }
        }
    }

    private static double Iou(Box a, Box b)
    {
        double width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X);
        double height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        if (width <= 0 || height <= 0) return 0;
        double both = width * height;
        return both / (a.Width * a.Height + b.Width * b.Height - both);
    }

    private static void InspectPhoto(Sample sample, Frame frame, FindingBook book)
    {
        if (frame.Photo is not { } photo) return;
        try
        {
            PhotoHeader header = PhotoHeader.Read(photo, frame.Name);
            if (frame.WidthPx == 0 || (header.WidthPx, header.HeightPx) == (frame.WidthPx, frame.HeightPx)) return;
            bool isSwapped = (header.HeightPx, header.WidthPx) == (frame.WidthPx, frame.HeightPx);
            book.Add(isSwapped ? Finding.SwappedSize : Finding.OtherSize, () => FormattableString.Invariant(
                $"{sample.Key}, {frame.Name}: {frame.WidthPx} x {frame.HeightPx} in the record, ") +
                FormattableString.Invariant($"{header.WidthPx} x {header.HeightPx} in the photo") +
                (isSwapped && header.IsTurned ? ", which EXIF turns" : ""));
        }
        catch (BadDataException e)
        {
            book.Add(Finding.Photo, () => $"{sample.Key}, {frame.Name}: {e.Problems[0].Message}");
        }
    }

    private static string Place(Sample sample, Frame frame) =>
        (sample.Frames.Length > 1 ? $"{sample.Key}, frame {sample.Frames.IndexOf(frame)}" : sample.Key) +
        (sample.Id is { } id ? $" (id {id})" : "");

    private static string Place(Sample sample, int number, int frame = 0) => sample.Frames.Length > 1
        ? $"{sample.Key}, frame {frame}, {NameOf(sample, number)}"
        : $"{sample.Key}, {NameOf(sample, number)}";

    private static string NameOf(Sample sample, int number)
    {
        Instance instance = sample.Instances[number];
        if (instance.Id is { } id) return $"annotation {id}";
        return instance.MemberText("object_id") is { } objectId ? $"object {objectId}" : $"instance {number}";
    }
}
