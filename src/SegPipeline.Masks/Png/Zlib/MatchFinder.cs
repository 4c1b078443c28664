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
    private readonly ReadOnlySpan<int> _likelyDistances;
    private readonly int _chainLength;
    private readonly int[] _heads = ArrayPool<int>.Shared.Rent(1 << HashBits);
    private readonly int[] _previous = ArrayPool<int>.Shared.Rent(DeflateFormat.MaxDistance);

    /// <param name="bytes">All bytes to be compressed.</param>
    /// <param name="likelyDistances">Distances to try first; impossible ones are passed over.</param>
    /// <param name="chainLength">Most earlier places of the next four bytes to look at.</param>
    public MatchFinder(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> likelyDistances, int chainLength)
    {
        _bytes = bytes;
        _likelyDistances = likelyDistances;
        _chainLength = chainLength;
        _heads.AsSpan(0, 1 << HashBits).Fill(-1);
    }

    /// <summary>The longest match found at a position; of length 0 when there is none of 4 bytes or more.</summary>
    public readonly DeflateToken Find(int position)
    {
        ReadOnlySpan<byte> rest = _bytes[position..];
        DeflateToken best = default;
        if (rest.Length < sizeof(uint)) return best;
        uint next = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        foreach (int distance in _likelyDistances)
        {
            bool isPossible = distance > 0 && distance <= Math.Min(position, DeflateFormat.MaxDistance);
            if (!isPossible || WordAt(position - distance) != next) continue;
            int length = rest.CommonPrefixLength(_bytes[(position - distance)..]);
            if (length > best.Length) best = new DeflateToken(length, distance);
            // Long runs are cheapest as they are: their distance has no extra bits.
            if (distance == _likelyDistances[0] && length >= DeflateFormat.MaxMatch)
                return new DeflateToken(length - length % DeflateFormat.MaxMatch, distance);
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
            if (distance > DeflateFormat.MaxDistance) break;
            int length = WordAt(candidate) == next ? rest.CommonPrefixLength(_bytes[candidate..]) : 0;
            if (length > best.Length) best = new DeflateToken(length, distance);
            if (length >= DeflateFormat.MaxMatch) break;
            int before = _previous[candidate & WindowMask];
            // A place that was overwritten by a later one leads forward.
            if (before >= candidate) break;
            candidate = before;
        }
        return best;
    }

    private readonly uint WordAt(int position) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[position..]);

    private static int HashOf(uint word) => (int)(word * 0x9E3779B1u >> 32 - HashBits);
}
