namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// How a block describes its codes: the lengths of all codes, repeated ones shortened, written in a third code
/// (RFC 1951, 3.2.7).
/// </summary>
internal sealed class DeflateCodeHeader
{
    private const int RepeatPrevious = 16;
    private const int RepeatZeroShort = 17;
    private const int RepeatZeroLong = 18;

    private readonly List<(byte Symbol, byte Extra)> _symbols = [];
    private readonly byte[] _metaLengths = new byte[DeflateFormat.MetaSymbols];
    private readonly ushort[] _metaCodes = new ushort[DeflateFormat.MetaSymbols];
    private int _literals;
    private int _distances;
    private int _metas;

    /// <summary>Number of bits it takes.</summary>
    public long Bits { get; private set; }

    /// <summary>Describes a code.</summary>
    public void Describe(DeflateCode code)
    {
        _literals = DeflateFormat.FirstLengthSymbol + Used(code.LiteralLengths[DeflateFormat.FirstLengthSymbol..]);
        _distances = Math.Max(1, Used(code.DistanceLengths));
        Span<byte> lengths = stackalloc byte[_literals + _distances];
        code.LiteralLengths[.._literals].CopyTo(lengths);
        code.DistanceLengths[.._distances].CopyTo(lengths[_literals..]);
        _symbols.Clear();
        Shorten(lengths);
        Span<int> counts = stackalloc int[DeflateFormat.MetaSymbols];
        counts.Clear();
        Bits = 14;
        foreach ((byte symbol, _) in _symbols)
        {
            counts[symbol]++;
            Bits += ExtraBits(symbol);
        }
        HuffmanLengths.Find(counts, DeflateFormat.MaxMetaCodeBits, _metaLengths);
        HuffmanLengths.Assign(_metaLengths, _metaCodes);
        for (int symbol = 0; symbol < counts.Length; symbol++) Bits += (long)counts[symbol] * _metaLengths[symbol];
        _metas = DeflateFormat.MetaSymbols;
        while (_metas > 4 && _metaLengths[DeflateFormat.MetaOrder[_metas - 1]] == 0) _metas--;
        Bits += 3L * _metas;
    }

    /// <summary>Writes the description; the sink must have room.</summary>
    public void Write(ref BitSink sink)
    {
        sink.Write((ulong)(_literals - DeflateFormat.FirstLengthSymbol), 5);
        sink.Write((ulong)(_distances - 1), 5);
        sink.Write((ulong)(_metas - 4), 4);
        for (int i = 0; i < _metas; i++) sink.Write(_metaLengths[DeflateFormat.MetaOrder[i]], 3);
        foreach ((byte symbol, byte extra) in _symbols)
        {
            sink.Write(_metaCodes[symbol], _metaLengths[symbol]);
            sink.Write(extra, ExtraBits(symbol));
        }
    }

    private static int Used(ReadOnlySpan<byte> lengths) => lengths.LastIndexOfAnyExcept((byte)0) + 1;

    private static int ExtraBits(byte symbol) => symbol switch
    {
        RepeatPrevious => 2,
        RepeatZeroShort => 3,
        RepeatZeroLong => 7,
        _ => 0,
    };

    private void Shorten(ReadOnlySpan<byte> lengths)
    {
        while (!lengths.IsEmpty)
        {
            byte length = lengths[0];
            int run = lengths.IndexOfAnyExcept(length) is var other && other < 0 ? lengths.Length : other;
            lengths = lengths[run..];
            if (length != 0)
            {
                _symbols.Add((length, 0));
                run--;
            }
            run = Repeat(run, isZero: length == 0);
            for (; run > 0; run--) _symbols.Add((length, 0));
        }
    }

    /// <summary>Adds repetitions for as much of a run as they can stand for; returns the rest, 0 to 2.</summary>
    private int Repeat(int run, bool isZero)
    {
        while (run >= 3)
        {
            int most = !isZero ? 6 : run <= 10 ? 10 : 138, count = Math.Min(run, most);
            int symbol = !isZero ? RepeatPrevious : count <= 10 ? RepeatZeroShort : RepeatZeroLong;
            _symbols.Add(((byte)symbol, (byte)(count - (symbol == RepeatZeroLong ? 11 : 3))));
            run -= count;
        }
        return run;
    }
}
