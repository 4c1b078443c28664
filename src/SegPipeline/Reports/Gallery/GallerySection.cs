using System.Globalization;

namespace SegPipeline.Reports.Gallery;

/// <summary>The gallery as a section of the page.</summary>
internal static class GallerySection
{
    private const int MostNames = 6;

    /// <summary>Writes it.</summary>
    public static void Write(Html html, IReadOnlyList<GalleryPicture> pictures)
    {
        html.Raw("<section id=\"gallery\"><h2>Gallery</h2>")
            .Element("p", "Drawn at random, the same in every run: the samples whose keys have the smallest SHA-256 " +
                "with the pipeline's seed. Colours are categories, or objects where there is only one category; " +
                "crowds are hatched, void is hatched grey, objects without a shape have a box.", "class=\"note\"")
            .Raw("<svg width=\"0\" height=\"0\" class=\"patterns\" aria-hidden=\"true\"><defs>" +
                Pattern("crowd", "M-1 7L7 -1M3 11L11 3", "crowd") + Pattern("void", "M-1 1L7 9M1 -1L9 7", "void") +
                "</defs></svg><div class=\"gallery\">");
        foreach (GalleryPicture picture in pictures) Write(html, picture);
        html.Raw("</div></section>");
    }

    /// <summary>The colour of a category by its place in the list: neighbours are far apart on the colour
    /// circle.</summary>
    public static string ColourOf(int place)
    {
        double hue = place * 137.508 % 360;
        int lightness = (place % 3) switch { 0 => 56, 1 => 46, _ => 66 };
        return string.Create(CultureInfo.InvariantCulture, $"hsl({hue:0} 82% {lightness}%)");
    }

    private static void Write(Html html, GalleryPicture picture)
    {
        string names = string.Join(", ", picture.Shapes.Select(s => s.Name).Distinct(StringComparer.Ordinal));
        string alt = Html.Escape($"{picture.Key}: {(names.Length == 0 ? "no object drawn" : names)}");
        html.Raw("<figure class=\"card picture\"><div class=\"view\" " +
            $"style=\"aspect-ratio:{picture.WidthPx}/{picture.HeightPx}\">");
        if (picture.Photo is { } photo)
            html.Raw($"<img alt=\"{alt}\" width=\"{picture.WidthPx}\" height=\"{picture.HeightPx}\" " +
                $"src=\"data:image/jpeg;base64,{Convert.ToBase64String(photo)}\">");
        string hidden = picture.Photo is null ? $"role=\"img\" aria-label=\"{alt}\"" : "aria-hidden=\"true\"";
        html.Raw($"<svg viewBox=\"0 0 {picture.WidthPx} {picture.HeightPx}\" preserveAspectRatio=\"none\" {hidden}>");
        foreach (GalleryShape shape in picture.Shapes) Write(html, shape);
        html.Raw("</svg></div><figcaption>").Element("b", picture.Key).Element("span", picture.Caption);
        WriteNames(html, picture);
        if (picture.Trouble is { } trouble) html.Element("span", trouble, "class=\"trouble\"");
        html.Raw("</figcaption></figure>");
    }

    private static void Write(Html html, GalleryShape shape)
    {
        string colour = $"style=\"--c:{ColourOf(shape.Colour)}\"", title = $"<title>{Html.Escape(shape.Name)}</title>";
        string kind = shape.Fill switch
        {
            GalleryFill.Crowd => "shape crowd",
            GalleryFill.Void => "shape void",
            GalleryFill.Box => "shape box",
            _ => "shape",
        };
        html.Raw($"<path class=\"{kind}\" {colour} d=\"{shape.Outline}\">{title}</path>");
        string? hatching = shape.Fill switch { GalleryFill.Crowd => "crowd", GalleryFill.Void => "void", _ => null };
        if (hatching is not null) html.Raw($"<path d=\"{shape.Outline}\" fill=\"url(#{hatching})\"/>");
    }

    private static void WriteNames(Html html, GalleryPicture picture)
    {
        var names = picture.Shapes.Where(s => s.Fill != GalleryFill.Void)
            .GroupBy(s => s.Name, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (names.Count == 0) return;
        html.Raw("<ul class=\"names\">");
        foreach (var name in names.Take(MostNames))
        {
            int[] colours = [.. name.Select(s => s.Colour).Distinct()];
            string swatch = colours is [int one] ? $"<i style=\"--c:{ColourOf(one)}\"></i>" : "";
            html.Raw($"<li>{swatch}{Html.Escape(name.Key)}{(name.Count() > 1 ? $" \u00d7 {name.Count()}" : "")}</li>");
        }
        if (names.Count > MostNames) html.Element("li", $"and {names.Count - MostNames} more");
        html.Raw("</ul>");
    }

    private static string Pattern(string id, string path, string kind) =>
        $"<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">" +
        $"<path class=\"hatch {kind}\" d=\"{path}\"/></pattern>";
}
