using SegPipeline.Model;
using SegPipeline.Statistics;

namespace SegPipeline.Reports.Charts;

/// <summary>The charts and tables of the figures of one dataset.</summary>
/// <param name="html">The page.</param>
/// <param name="dataset">The dataset.</param>
internal sealed class FigureCharts(Html html, ReportDataset dataset)
{
    private const int MostSizes = 12;
    private const double WideRange = 50;

    private readonly DatasetFigures _figures = dataset.Figures;
    private readonly Dictionary<RecordId, string> _names = CategoryNames.Of(dataset.Info);

    private bool IsVideo => _figures.Videos > 0;

    private string SampleWord => IsVideo ? "video" : "image";

    /// <summary>Writes them all.</summary>
    public void Write()
    {
        html.Raw("<div class=\"charts\">");
        WriteCategories();
        WriteCounts($"Instances per {SampleWord}", "instances", SampleWord, _figures.InstancesPerSample);
        WriteRelativeSizes();
        if (IsVideo)
        {
            WriteCounts("Objects per frame", "objects", "frame", _figures.ObjectsPerFrame);
            WriteCounts("Lifetime of objects", "frames that it is in", "object", _figures.Lifetimes);
            WriteCounts("Length of videos", "frames", "video", _figures.VideoLengths);
        }
        WritePictureSides();
        html.Raw("</div><div class=\"lists\">");
        WriteSizeClasses();
        WriteForms();
        WritePictureSizes();
        html.Raw("</div>");
    }

    /// <summary>How a shape is written, in words.</summary>
    public static string FormText(SegmentationForm form) => form switch
    {
        SegmentationForm.Polygons => "polygons",
        SegmentationForm.Counts => "run lengths, a list of counts",
        SegmentationForm.CompressedCounts => "run lengths, compressed",
        SegmentationForm.LabelRegion => "region of a label image",
        SegmentationForm.EmptyList => "none: an empty list",
        SegmentationForm.Null => "none: null",
        _ => "none",
    };

    private void WriteCategories()
    {
        var categories = _figures.Categories;
        if (categories.Count == 0) return;
        int unused = dataset.Info.Taxonomy.Categories.Length - categories.Count(c => c.Id is not null);
        string most = $"{Html.Count(categories[0].Instances, "instance")} of {NameOf(categories[0])}";
        new Chart
        {
            Title = "Categories",
            Summary = (categories.Count == 1 ? $"One category, {most}"
                : $"{Html.Count(categories.Count)} categories by frequency, from {most} down to " +
                    $"{Html.Count(categories[^1].Instances)} of {NameOf(categories[^1])}") +
                (unused > 0 ? $"; {Html.Count(unused)} more of the dataset's list have none." : "."),
            Axis = "category",
            Labels = [.. categories.Select(NameOf)],
            Series =
            [
                new ChartSeries("instances", [.. categories.Select(c => c.Instances)]),
                new ChartSeries(SampleWord + "s", [.. categories.Select(c => c.Samples)]),
            ],
            IsLogarithmic = IsWide(categories.Select(c => c.Instances)),
        }.Write(html);
    }

    private void WriteCounts(string title, string axis, string counted, Distribution distribution)
    {
        (string[] labels, long[] values) = Bars.OfCounts(distribution);
        if (labels.Length == 0) return;
        new Chart
        {
            Title = title,
            Summary = $"{Html.Count(distribution.Total, counted)}; most often " +
                $"{labels[Array.IndexOf(values, values.Max())]} ({Html.Count(values.Max(), counted)}), at most " +
                $"{Bars.GreatestText(distribution)}.",
            Axis = axis,
            Labels = labels,
            Series = [new ChartSeries(counted + "s", values)],
            IsHistogram = true,
        }.Write(html);
    }

    private void WriteRelativeSizes()
    {
        (string[] labels, long[] values) = Bars.OfSizes(_figures.RelativeSizes);
        if (labels.Length == 0) return;
        long unknown = _figures.Shapes - _figures.RelativeSizes.Total;
        new Chart
        {
            Title = "Relative mask size",
            Summary = "The square root of mask area over picture area, on a logarithmic scale; most often up to " +
                $"{labels[Array.IndexOf(values, values.Max())]}" +
                (unknown > 0 ? $". Of {Html.Count(unknown)} more shapes the source states no area." : "."),
            Axis = "relative size, up to",
            Labels = labels,
            Series = [new ChartSeries("masks", values)],
            IsHistogram = true,
        }.Write(html);
    }

    private void WriteSizeClasses()
    {
        (long small, long medium, long large) = _figures.SizeClasses;
        if (small + medium + large == 0) return;
        Shares("Mask size in pixels", "The size classes of COCO.",
            [("small, below 32 x 32", small), ("medium, below 96 x 96", medium), ("large", large)]);
    }

    private void WriteForms() => Shares(
        "How shapes are written", "As they come here; a writer may choose another form.",
        _figures.Forms.Select(f => (FormText(f.Form), f.Shapes)));

    // Of a few sizes the table says more.
    private void WritePictureSides()
    {
        var sizes = _figures.PictureSizes;
        if (sizes.Count <= MostSizes) return;
        var sides = new Distribution();
        foreach ((int width, int height, long frames) in sizes)
            if (width > 0 && height > 0) sides.Add(CountBins.Of(Math.Max(width, height)), frames);
        WriteCounts("Longer side of pictures", "pixels", IsVideo ? "frame" : "image", sides);
    }

    private void WritePictureSizes()
    {
        var sizes = _figures.PictureSizes;
        var shown = sizes.Take(MostSizes).Select(s => (SizeText(s.WidthPx, s.HeightPx), s.Frames)).ToList();
        if (sizes.Count > MostSizes)
            shown.Add(($"{Html.Count(sizes.Count - MostSizes)} other sizes", sizes.Skip(MostSizes).Sum(s => s.Frames)));
        Shares("Picture sizes", "Width x height in pixels.", shown);
    }

    private void Shares(string title, string note, IEnumerable<(string Name, long Count)> parts)
    {
        var all = parts.ToList();
        long whole = all.Sum(p => p.Count);
        if (whole == 0) return;
        html.Raw("<section class=\"card shares\">").Element("h4", title).Element("p", note, "class=\"note\"")
            .Table(title, ["", "#count", "#share", "of all"], all.Select(p => (IReadOnlyList<string>)
            [
                Html.Escape(p.Name), Html.Count(p.Count), Html.Percent(p.Count, whole),
                $"<span class=\"share\" style=\"--share:{Html.Coordinate(100.0 * p.Count / whole)}%\"></span>",
            ]))
            .Raw("</section>");
    }

    private string NameOf(CategoryFigures category) => category.Id is { } id
        ? _names.GetValueOrDefault(id, $"category {id}")
        : CategoryNames.Of(dataset.Info, null);

    private static bool IsWide(IEnumerable<long> values) => values.Max() > WideRange * Math.Max(1, values.Min());

    private static string SizeText(int width, int height) =>
        width == 0 && height == 0 ? "not stated" : FormattableString.Invariant($"{width} x {height}");
}
