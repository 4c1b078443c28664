using System.Security.Cryptography;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Comparison;

/// <summary>An instance of one of two datasets, as its counterpart in the other is looked for.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Category">What its category is called.</param>
internal sealed record ComparedInstance(Instance Instance, string Category)
{
    private string? _shape;

    /// <summary>Its id, or its number within its sample; null when it has neither.</summary>
    public string? Identity { get; } = Instance.Id?.JsonText ?? Instance.MemberText("object_id");

    /// <summary>Digest of its shapes as they are written: equal for instances of equal shapes.</summary>
    public string Shape => _shape ??= DigestOf(Instance);

    private static string DigestOf(Instance instance)
    {
        var text = new JournalWriter(_ => null);
        if (!instance.Segmentations.IsDefault)
            foreach (Segmentation shape in instance.Segmentations) text.Shape(shape);
        if (instance.Box is { } box && !instance.Segmentation.HasMask)
            foreach (double number in (ReadOnlySpan<double>)[box.X, box.Y, box.Width, box.Height])
                text.Fraction(number);
        return Convert.ToHexString(SHA256.HashData(text.Written.Span));
    }
}
