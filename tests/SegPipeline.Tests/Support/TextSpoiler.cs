using System.Text;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Support;

/// <summary>Puts pieces of text that matter to a format into a good file; what comes out is a function of both and a
/// number.</summary>
internal static class TextSpoiler
{
    /// <summary>A spoilt file.</summary>
    public static byte[] Spoil(string good, IReadOnlyList<byte[]> pieces, int number)
    {
        KeyedRandom random = SampleRank.Stream(number, "fuzz", "bytes");
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(good)];
        for (int edits = random.NextInt(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.NextInt(0, bytes.Count);
            int span = Math.Min(random.NextInt(1, 12), bytes.Count - at);
            byte[] piece = pieces[random.NextInt(0, pieces.Count)];
            switch (random.NextInt(0, 4))
            {
                case 0: bytes.RemoveRange(at, span); break;
                case 1: bytes.InsertRange(at, piece); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(random.NextInt(0, bytes.Count - span), span)); break;
                default: bytes[at] ^= (byte)(1 << random.NextInt(0, 8)); break;
            }
        }

        return [.. bytes];
    }
}
