using System.Buffers;
using System.Buffers.Binary;

namespace SegPipeline.Masks.Png.Zlib;

/// <summary>
/// Finds earlier bytes that repeat at a position. It looks first where label images repeat themselves: at the byte
/// before, and in the row above, straight and shifted by a little. Only when that gives little does it look up where
/// the next four bytes stood before.
/// </summary>
internal ref struct MatchFinder
{
    private const int HashBits = 15;
    private const int WindowMask = DeflateFormat.MaxDistance - 1;
    private const int GoodLength = 32;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _pixelBytes;
    private readonly ReadOnlySpan<int> _likelyDistances;
    private readonly int _chainLength;
    private readonly int[] _heads = ArrayPool<int>.Shared.Rent(1 << HashBits);
    private readonly int[] _previous = ArrayPool<int>.Shared.Rent(DeflateFormat.MaxDistance);

    /// <param name="bytes">All bytes to be compressed.</param>
    /// <param name="pixelBytes">Distance to the pixel before.</param>
    /// <param name="likelyDistances">Distances to try first; impossible ones are passed over.</param>
    /// <param name="chainLength">Most earlier places of the next four bytes to look at.</param>
    public MatchFinder(
        ReadOnlySpan<byte> bytes, int pixelBytes, ReadOnlySpan<int> likelyDistances, int chainLength)
    {
        _bytes = bytes;
        _pixelBytes = pixelBytes;
        _likelyDistances = likelyDistances;
        _chainLength = chainLength;
        _heads.AsSpan(0, 1 << HashBits).Fill(-1);
    }

    /// <summary>The longest match found at a position; of length 0 when there is none of 4 bytes or more.</summary>
    /// <remarks>
    /// Only a run of the pixel before can be longer than 258 bytes: it is cheapest where it is that long, since its
    /// distance has no extra bits, so it must have its turn again wherever another match would be cut.
    /// </remarks>
    public readonly DeflateToken Find(int position)
    {
        ReadOnlySpan<byte> rest = _bytes[position..];
        if (rest.Length < sizeof(uint)) return default;
        int run = position < _pixelBytes ? 0 : rest.CommonPrefixLength(_bytes[(position - _pixelBytes)..]);
        if (run >= DeflateFormat.MaxMatch)
            return new DeflateToken(run - run % DeflateFormat.MaxMatch, _pixelBytes);
        DeflateToken best = run < sizeof(uint) ? default : new DeflateToken(run, _pixelBytes);
        rest = rest[..Math.Min(rest.Length, DeflateFormat.MaxMatch)];
        uint next = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        foreach (int distance in _likelyDistances)
        {
            if (distance <= 0 || distance > Math.Min(position, DeflateFormat.MaxDistance)) continue;
            best = Longer(best, rest, next, position, distance);
        }
        return best.Length < GoodLength ? FindInChain(position, rest, next, best) : best;
    }

    /// <summary>Remembers a position; positions must come in order; one given twice counts once.</summary>
    public readonly void Remember(int position)
    {
        if (_bytes.Length - position < sizeof(uint)) return;
        ref int head = ref _heads[HashOf(WordAt(position))];
        if (head == position) return;
        _previous[position & WindowMask] = head;
        head = position;
    }

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_heads);
        ArrayPool<int>.Shared.Return(_previous);
    }

    private readonly DeflateToken FindInChain(int position, ReadOnlySpan<byte> rest, uint next, DeflateToken best)
    {
        int candidate = _heads[HashOf(next)];
        for (int i = 0; i < _chainLength && candidate >= 0; i++)
        {
            int distance = position - candidate;
            if (distance > DeflateFormat.MaxDistance || best.Length == rest.Length) break;
            best = Longer(best, rest, next, position, distance);
            int before = _previous[candidate & WindowMask];
            // A place that was overwritten by a later one leads forward.
            if (before >= candidate) break;
            candidate = before;
        }
        return best;
    }

    private readonly DeflateToken Longer(
        DeflateToken best, ReadOnlySpan<byte> rest, uint next, int position, int distance)
    {
        if (WordAt(position - distance) != next) return best;
        int length = rest.CommonPrefixLength(_bytes[(position - distance)..]);
        return length > best.Length ? new DeflateToken(length, distance) : best;
    }

    private readonly uint WordAt(int position) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[position..]);

    private static int HashOf(uint word) => (int)(word * 0x9E3779B1u >> 32 - HashBits);
}
