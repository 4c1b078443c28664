using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Synthetic;

/// <summary>The outline of an object.</summary>
internal enum OutlineKind
{
    /// <summary>An ellipse.</summary>
    Disc,

    /// <summary>Three corners.</summary>
    Triangle,

    /// <summary>Four corners.</summary>
    Box,

    /// <summary>Six corners.</summary>
    Hexagon,

    /// <summary>Five points.</summary>
    Star,
}

/// <summary>A colour of objects.</summary>
/// <param name="Name">Its English name.</param>
/// <param name="Red">Red, 0 to 255, in full light.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
internal sealed record Paint(string Name, byte Red, byte Green, byte Blue);

/// <summary>
/// The categories of generated scenes: each a colour and an outline, so that photos show them. The first is the most
/// frequent; the one of rank r is drawn with weight 1 / r, which gives a long tail.
/// </summary>
/// <param name="Count">Number of categories, 1 to <see cref="Most"/>.</param>
internal sealed record SceneCategories(int Count)
{
    /// <summary>Most categories there can be.</summary>
    public const int Most = 60;

    private static readonly string[] Outlines = ["disc", "triangle", "box", "hexagon", "star"];

    private static readonly Paint[] Paints =
    [
        new("red", 214, 40, 40), new("blue", 38, 84, 214), new("green", 36, 158, 62), new("orange", 240, 128, 20),
        new("violet", 122, 52, 190), new("yellow", 236, 204, 30), new("teal", 16, 140, 140), new("pink", 240, 110, 170),
        new("brown", 128, 74, 34), new("lime", 150, 214, 36), new("navy", 24, 30, 110), new("magenta", 204, 24, 150),
    ];

    /// <summary>Colour of a category.</summary>
    /// <param name="number">Number of the category, from 0.</param>
    public static Paint PaintOf(int number) => Paints[number % Paints.Length];

    /// <summary>Outline of a category.</summary>
    /// <param name="number">Number of the category, from 0.</param>
    public static OutlineKind OutlineOf(int number) => (OutlineKind)(number % Outlines.Length);

    /// <summary>Id of a category.</summary>
    /// <param name="number">Number of the category, from 0.</param>
    public static RecordId IdOf(int number) => new(number + 1);

    /// <summary>The categories: ids from 1, names such as <c>red disc</c>, the outline as supercategory.</summary>
    public Taxonomy ToTaxonomy() => new(
        [.. Enumerable.Range(0, Count).Select(n => new Category(
            IdOf(n), $"{PaintOf(n).Name} {Outlines[n % Outlines.Length]}", Outlines[n % Outlines.Length]))],
        IsDeclared: true);

    /// <summary>Draws the number of a category.</summary>
    public int Draw(ref KeyedRandom random)
    {
        double total = 0;
        for (int rank = 1; rank <= Count; rank++) total += 1.0 / rank;
        double at = random.NextDouble() * total;
        for (int rank = 1; rank < Count; rank++)
        {
            at -= 1.0 / rank;
            if (at < 0) return rank - 1;
        }
        return Count - 1;
    }
}
