using SegPipeline.Inspection;
using SegPipeline.Reports;
using SegPipeline.Reports.Charts;
using SegPipeline.Statistics;

namespace SegPipeline.Cli.Output;

/// <summary>What an inspection found, as tables for a terminal.</summary>
internal static class InspectionTables
{
    private const int MostCategories = 20;
    private const int MostPlaces = 5;
    private const int MostSizes = 5;

    /// <summary>Writes them.</summary>
    public static void Write(TextWriter target, string path, string readAs, InspectedDataset found)
    {
        target.WriteLine($"{path}: {readAs}");
        target.WriteLine();
        WriteCounts(target, found.Figures);
        WriteCategories(target, found);
        WriteShapes(target, found.Figures);
        WriteFindings(target, found);
        foreach (var (_, sentence) in found.Report.Result.Warnings) target.WriteLine($"Note: {sentence}.");
    }

    private static void WriteCounts(TextWriter target, DatasetFigures figures)
    {
        var table = new TextTable("what", "#count");
        if (figures.Videos > 0) table.Add("videos", Quantity.Count(figures.Videos));
        if (figures.Videos < figures.Samples || figures.Samples == 0)
            table.Add("images", Quantity.Count(figures.Samples - figures.Videos));
        if (figures.Videos > 0) table.Add("frames", Quantity.Count(figures.Frames));
        table.Add("instances", Quantity.Count(figures.Instances));
        table.Add("crowds", Quantity.Count(figures.Crowds));
        table.Add("without instances", Quantity.Count(figures.EmptySamples));
        if (figures.UnannotatedFrames > 0)
            table.Add("frames that nobody annotated", Quantity.Count(figures.UnannotatedFrames));
        if (figures.FramesWithVoid > 0) table.Add("frames with void", Quantity.Count(figures.FramesWithVoid));
        table.Write(target);
        target.WriteLine();
    }

    private static void WriteCategories(TextWriter target, InspectedDataset found)
    {
        var categories = found.Figures.Categories;
        if (categories.Count == 0) return;
        var names = CategoryNames.Of(found.Info);
        var table = new TextTable("category", "#id", "#instances", "#samples", "#crowds");
        foreach (CategoryFigures category in categories.Take(MostCategories))
            table.Add(
                category.Id is { } id ? names.GetValueOrDefault(id, $"category {id}") : CategoryNames.None,
                category.Id?.ToString() ?? "",
                Quantity.Count(category.Instances), Quantity.Count(category.Samples), Quantity.Count(category.Crowds));
        table.Write(target);
        if (categories.Count > MostCategories)
            target.WriteLine($"and {Quantity.Count(categories.Count - MostCategories)} more (--json has all)");
        target.WriteLine();
    }

    private static void WriteShapes(TextWriter target, DatasetFigures figures)
    {
        if (figures.Samples == 0) return;
        var table = new TextTable("shapes and pictures", "#count");
        foreach (var (form, shapes) in figures.Forms) table.Add(FigureCharts.FormText(form), Quantity.Count(shapes));
        (long small, long medium, long large) = figures.SizeClasses;
        if (small + medium + large > 0)
        {
            table.Add("small, below 32 x 32 px", Quantity.Count(small));
            table.Add("medium, below 96 x 96 px", Quantity.Count(medium));
            table.Add("large", Quantity.Count(large));
        }
        foreach (var (width, height, frames) in figures.PictureSizes.Take(MostSizes))
            table.Add(FormattableString.Invariant($"pictures of {width} x {height}"), Quantity.Count(frames));
        long others = figures.PictureSizes.Skip(MostSizes).Sum(s => s.Frames);
        if (others > 0) table.Add("pictures of other sizes", Quantity.Count(others));
        table.Write(target);
        target.WriteLine();
    }

    private static void WriteFindings(TextWriter target, InspectedDataset found)
    {
        if (found.Findings.IsEmpty)
        {
            target.WriteLine("Nothing suspicious was found.");
            return;
        }
        target.WriteLine("Worth a look:");
        foreach (ReportFinding finding in found.Findings)
        {
            target.WriteLine($"{Quantity.Count(finding.Count)} {finding.What}: {finding.Meaning}");
            foreach (string place in finding.Places.Take(MostPlaces)) target.WriteLine("  " + place);
            if (finding.Count > MostPlaces)
                target.WriteLine($"  and {Quantity.Count(finding.Count - Math.Min(finding.Count, MostPlaces))} more");
        }
    }
}
