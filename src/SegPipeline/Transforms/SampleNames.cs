namespace SegPipeline.Transforms;

/// <summary>Names made of the keys of samples.</summary>
internal static class SampleNames
{
    private const int LongestExtension = 5;

    /// <summary>
    /// A key without the extension of its file: a point and up to five letters or digits, of which one is a letter, so
    /// that <c>a_3.12</c> stays whole.
    /// </summary>
    public static string WithoutExtension(string key)
    {
        int point = key.LastIndexOf('.');
        ReadOnlySpan<char> extension = key.AsSpan(point + 1);
        bool isExtension = point > key.LastIndexOf('/') + 1 && extension.Length is > 0 and <= LongestExtension &&
            !extension.ContainsAnyExcept(Alphanumeric) && extension.ContainsAnyExceptInRange('0', '9');
        return isExtension ? key[..point] : key;
    }

    private static readonly System.Buffers.SearchValues<char> Alphanumeric =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
