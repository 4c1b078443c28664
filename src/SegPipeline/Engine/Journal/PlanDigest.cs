using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>Digest of all keys and chunks: equal for plans that take the same samples in the same chunks.</summary>
internal static class PlanDigest
{
    /// <summary>The digest of a plan, 64 lower-case hexadecimal digits.</summary>
    public static string Of(PipelinePlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (OpenDataset dataset in plan.Description.Datasets)
        {
            foreach (PlanEntry entry in dataset.Plan)
            {
                hash.AppendData(Encoding.Unicode.GetBytes(entry.Key));
                hash.AppendData("\n\0"u8);
            }
            hash.AppendData("\0\0"u8);
        }
        Span<byte> numbers = stackalloc byte[3 * sizeof(int)];
        foreach (PlannedChunk chunk in plan.Chunks.Chunks)
        {
            BinaryPrimitives.WriteInt32LittleEndian(numbers, chunk.Node);
            BinaryPrimitives.WriteInt32LittleEndian(numbers[sizeof(int)..], chunk.First);
            BinaryPrimitives.WriteInt32LittleEndian(numbers[(2 * sizeof(int))..], chunk.Count);
            hash.AppendData(numbers);
            hash.AppendData(MemoryMarshal.AsBytes(plan.Chunks.EntriesOf(chunk).Span));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
