namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// Compresses bytes into zlib streams (RFC 1950 and 1951). The stream depends on the input and the level alone: not on
/// the machine, its vectors or the version of a library. It is made for label images, where long runs and repetitions
/// of the row above leave little to write.
/// </summary>
internal static class Deflater
{
    // The second byte of the stream names the effort; both make a multiple of 31 with the first.
    private const byte FastestFlags = 0x01;
    private const byte BalancedFlags = 0x9C;
    private const int ShortLength = 16;

    /// <summary>Compresses bytes.</summary>
    /// <param name="bytes">What to compress.</param>
    /// <param name="rowBytes">Length of a row, filter byte included: the distance to the row above.</param>
    /// <param name="pixelBytes">Bytes of a pixel: the distance to the pixel before.</param>
    /// <param name="compression">How hard to search for repetitions.</param>
    /// <returns>The stream, which is to be disposed.</returns>
    public static DeflateOutput Deflate(
        ReadOnlySpan<byte> bytes, int rowBytes, int pixelBytes, PngCompression compression)
    {
        bool isFastest = compression == PngCompression.Fastest;
        int[] likely = isFastest
            ? [rowBytes]
            : [rowBytes, rowBytes - pixelBytes, rowBytes + pixelBytes, 2 * rowBytes];
        var finder = new MatchFinder(bytes, pixelBytes, likely, isFastest ? 1 : 32);
        var stream = new DeflateOutput(bytes, isFastest ? FastestFlags : BalancedFlags);
        if (isFastest) TakeGreedily(ref stream, finder, bytes.Length);
        else TakeLazily(ref stream, finder, bytes.Length);
        stream.Finish();
        finder.Dispose();
        return stream;
    }

    private static void TakeGreedily(ref DeflateOutput stream, in MatchFinder finder, int length)
    {
        while (stream.Position < length) Take(ref stream, finder, finder.Find(stream.Position));
    }

    /// <summary>Takes a byte as it is when a longer match begins behind it.</summary>
    private static void TakeLazily(ref DeflateOutput stream, in MatchFinder finder, int length)
    {
        if (length == 0) return;
        DeflateToken match = finder.Find(0);
        while (stream.Position < length)
        {
            int next = stream.Position + 1;
            if (match.Length is > 0 and < DeflateFormat.MaxMatch && next < length)
            {
                finder.Remember(stream.Position);
                DeflateToken later = finder.Find(next);
                if (later.Length > match.Length)
                {
                    stream.AddLiteral();
                    match = later;
                    continue;
                }
            }
            Take(ref stream, finder, match);
            if (stream.Position < length) match = finder.Find(stream.Position);
        }
    }

    private static void Take(ref DeflateOutput stream, in MatchFinder finder, DeflateToken match)
    {
        int start = stream.Position;
        if (match.Length == 0) stream.AddLiteral();
        else stream.AddMatch(match);
        // Of a long match only the start is remembered: the rest is found through the match it repeats.
        int remembered = match.Length > ShortLength ? 1 : stream.Position - start;
        for (int i = 0; i < remembered; i++) finder.Remember(start + i);
    }
}
