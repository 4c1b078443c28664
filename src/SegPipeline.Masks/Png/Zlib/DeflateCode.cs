namespace SegPipeline.Masks.Png.Zlib;

/// <summary>A literal and length code with a distance code, for writing.</summary>
internal sealed class DeflateCode
{
    private readonly ushort[] _literalCodes = new ushort[DeflateFormat.FixedLiteralLengths.Length];
    private readonly ushort[] _distanceCodes = new ushort[DeflateFormat.FixedDistanceLengths.Length];
    private readonly byte[] _literalLengths = new byte[DeflateFormat.FixedLiteralLengths.Length];
    private readonly byte[] _distanceLengths = new byte[DeflateFormat.FixedDistanceLengths.Length];

    /// <summary>The code that needs no description (RFC 1951, 3.2.6).</summary>
    public static DeflateCode Fixed { get; } = MakeFixed();

    /// <summary>Length of the code of each literal and length symbol.</summary>
    public ReadOnlySpan<byte> LiteralLengths => _literalLengths;

    /// <summary>Length of the code of each distance symbol.</summary>
    public ReadOnlySpan<byte> DistanceLengths => _distanceLengths;

    /// <summary>Makes this the best code for some tokens.</summary>
    public void Fit(in DeflateTokens tokens)
    {
        HuffmanLengths.Find(tokens.LiteralCounts, DeflateFormat.MaxCodeBits, _literalLengths);
        HuffmanLengths.Find(tokens.DistanceCounts, DeflateFormat.MaxCodeBits, _distanceLengths);
        AssignCodes();
    }

    /// <summary>Number of bits that tokens take in this code, the end of the block included.</summary>
    public long BitsOf(in DeflateTokens tokens)
    {
        long bits = 0;
        for (int symbol = 0; symbol < tokens.LiteralCounts.Length; symbol++)
        {
            int extra = symbol < DeflateFormat.FirstLengthSymbol
                ? 0
                : DeflateFormat.LengthBits[symbol - DeflateFormat.FirstLengthSymbol];
            bits += (long)tokens.LiteralCounts[symbol] * (_literalLengths[symbol] + extra);
        }
        for (int symbol = 0; symbol < tokens.DistanceCounts.Length; symbol++)
            bits += (long)tokens.DistanceCounts[symbol]
                * (_distanceLengths[symbol] + DeflateFormat.DistanceBits[symbol]);
        return bits;
    }

    /// <summary>Writes tokens and the end of the block; the sink must have room.</summary>
    public void Write(ref BitSink sink, in DeflateTokens tokens)
    {
        foreach (DeflateToken token in tokens.Tokens)
        {
            if (token.Distance == 0)
                sink.Write(_literalCodes[token.Length], _literalLengths[token.Length]);
            else
                WriteMatch(ref sink, token);
        }
        sink.Write(_literalCodes[DeflateFormat.EndOfBlock], _literalLengths[DeflateFormat.EndOfBlock]);
    }

    private void WriteMatch(ref BitSink sink, DeflateToken token)
    {
        (ulong bits, int count) = DistanceBits(token.Distance);
        (int whole, int last, int beforeLast) = DeflateTokens.Cut(token.Length);
        for (; whole > 0; whole--) WriteLength(ref sink, DeflateFormat.MaxMatch, bits, count);
        if (beforeLast > 0) WriteLength(ref sink, beforeLast, bits, count);
        if (last > 0) WriteLength(ref sink, last, bits, count);
    }

    private void WriteLength(ref BitSink sink, int length, ulong distance, int distanceBits)
    {
        int symbol = DeflateTokens.LengthSymbol(length), index = symbol - DeflateFormat.FirstLengthSymbol;
        int bits = _literalLengths[symbol];
        ulong value = _literalCodes[symbol] | (ulong)(length - DeflateFormat.LengthStart[index]) << bits;
        bits += DeflateFormat.LengthBits[index];
        sink.Write(value | distance << bits, bits + distanceBits);
    }

    private (ulong Bits, int Count) DistanceBits(int distance)
    {
        int symbol = DeflateTokens.DistanceSymbol(distance);
        int bits = _distanceLengths[symbol];
        ulong value = _distanceCodes[symbol] | (ulong)(distance - DeflateFormat.DistanceStart[symbol]) << bits;
        return (value, bits + DeflateFormat.DistanceBits[symbol]);
    }

    private void AssignCodes()
    {
        HuffmanLengths.Assign(_literalLengths, _literalCodes);
        HuffmanLengths.Assign(_distanceLengths, _distanceCodes);
    }

    private static DeflateCode MakeFixed()
    {
        var code = new DeflateCode();
        DeflateFormat.FixedLiteralLengths.CopyTo(code._literalLengths);
        DeflateFormat.FixedDistanceLengths.CopyTo(code._distanceLengths);
        code.AssignCodes();
        return code;
    }
}
