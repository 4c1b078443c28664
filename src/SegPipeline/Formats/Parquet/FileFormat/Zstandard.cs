using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>The Zstandard library of the system. Its bytes depend on its version, and on nothing else.</summary>
internal static class Zstandard
{
    private const string Library = "libzstd.so.1";

    /// <summary>True when the library is there.</summary>
    public static bool IsThere { get; } = NativeLibrary.TryLoad(
        Library, typeof(Zstandard).Assembly, DllImportSearchPath.SafeDirectories, out _);

    /// <summary>Its version, as 10504 for 1.5.4.</summary>
    public static uint Version => IsThere ? ZSTD_versionNumber() : 0;

    /// <summary>Fails when the library is not there.</summary>
    /// <exception cref="BadDataException">It is not there.</exception>
    public static void Require()
    {
        if (IsThere) return;
        throw new BadDataException(new Problem("ZSTD_MISSING", $"zstd needs the library {Library}, which is not there")
        {
            Remedy = "install it (Debian: apt-get install libzstd1), or write with compression: gzip or snappy",
        });
    }

    /// <summary>Compresses bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes, int level)
    {
        byte[] target = ArrayPool<byte>.Shared.Rent(checked((int)ZSTD_compressBound((nuint)bytes.Length)));
        Context context = Context.Take();
        nuint count = ZSTD_compressCCtx(context, ref MemoryMarshal.GetArrayDataReference(target), (nuint)target.Length,
            ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, level);
        context.GiveBack();
        if (ZSTD_isError(count) != 0) throw new InvalidOperationException($"{Library} cannot compress");
        byte[] result = target[..(int)count];
        ArrayPool<byte>.Shared.Return(target);
        return result;
    }

    /// <summary>Decompresses bytes into a buffer; the result is the number of bytes, -1 for damaged ones.</summary>
    public static long Decompress(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        nuint count = ZSTD_decompress(ref MemoryMarshal.GetReference(target), (nuint)target.Length,
            ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
        return ZSTD_isError(count) != 0 ? -1 : (long)count;
    }

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint ZSTD_versionNumber();

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint ZSTD_compressBound(nuint size);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint ZSTD_compressCCtx(
        Context context, ref byte to, nuint capacity, ref byte from, nuint size, int level);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint ZSTD_decompress(ref byte to, nuint capacity, ref byte from, nuint size);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint ZSTD_isError(nuint code);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ZSTD_createCCtx();

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint ZSTD_freeCCtx(nint context);

    /// <summary>The tables of a compressor, kept for the next page: the library would clear new memory for
    /// each.</summary>
    private sealed class Context() : SafeHandle(0, ownsHandle: true)
    {
        private static readonly ConcurrentBag<Context> Idle = [];

        public override bool IsInvalid => handle == 0;

        public static Context Take()
        {
            if (Idle.TryTake(out Context? idle)) return idle;
            var context = new Context();
            context.SetHandle(ZSTD_createCCtx());
            return context.IsInvalid ? throw new InvalidOperationException($"{Library} gets no memory") : context;
        }

        public void GiveBack() => Idle.Add(this);

        protected override bool ReleaseHandle() => ZSTD_freeCCtx(handle) == 0;
    }
}
