using System.Runtime.InteropServices;
using SegPipeline.Masks;

namespace SegPipeline.Benchmarks.Masks;

/// <summary>
/// The C code beneath pycocotools as a peer: a shared library made with <c>gcc -O3 -shared -fPIC maskApi.c</c> and
/// named by the environment variable MASKAPI. Called directly, it has no Python above it.
/// </summary>
internal static class MaskApi
{
    private const string Library = "maskapi";

    /// <summary>True when the library is there.</summary>
    public static bool IsPresent { get; } = Environment.GetEnvironmentVariable("MASKAPI") is not null;

    /// <summary>Run lengths as the library holds them.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Rle
    {
        public nuint Height;
        public nuint Width;
        public nuint Length;
        public nint Counts;
    }

    static MaskApi() => NativeLibrary.SetDllImportResolver(typeof(MaskApi).Assembly, (name, _, _) =>
        name == Library ? NativeLibrary.Load(Environment.GetEnvironmentVariable("MASKAPI")!) : 0);

    [DllImport(Library)]
    internal static extern void rleFrPoly(out Rle mask, double[] xy, nuint points, nuint height, nuint width);

    [DllImport(Library)]
    internal static extern void rleMerge(Rle[] masks, out Rle merged, nuint count, int intersect);

    [DllImport(Library)]
    internal static extern void rleFree(ref Rle mask);

    [DllImport(Library)]
    internal static extern nint rleToString(ref Rle mask);

    [DllImport(Library)]
    internal static extern void rleFrString(out Rle mask, byte[] text, nuint height, nuint width);

    [DllImport(Library)]
    internal static extern void rleArea(Rle[] masks, nuint count, uint[] areas);

    [DllImport(Library)]
    internal static extern void rleToBbox(Rle[] masks, double[] boxes, nuint count);

    [DllImport(Library)]
    internal static extern void rleIou(Rle[] dt, Rle[] gt, nuint m, nuint n, byte[] isCrowd, double[] result);

    [DllImport("libc")]
    internal static extern void free(nint memory);

    /// <summary>Fills the polygons of an annotation and unites them; to be given back with rleFree.</summary>
    public static Rle Fill(MaskWorkload.Shape shape)
    {
        Rle[] parts = new Rle[shape.Parts.Length];
        for (int i = 0; i < parts.Length; i++)
            rleFrPoly(out parts[i], shape.Parts[i], (nuint)shape.Parts[i].Length / 2,
                (nuint)shape.HeightPx, (nuint)shape.WidthPx);
        if (parts.Length == 1) return parts[0];
        rleMerge(parts, out Rle merged, (nuint)parts.Length, 0);
        for (int i = 0; i < parts.Length; i++) rleFree(ref parts[i]);
        return merged;
    }

    /// <summary>Copies masks into memory of the library's kind; it is never given back.</summary>
    public static Rle[] Copy(IEnumerable<Mask> masks) => [.. masks.Select(mask =>
    {
        nint counts = Marshal.AllocHGlobal(mask.Counts.Length * sizeof(uint));
        Marshal.Copy((int[])(object)mask.Counts.ToArray(), 0, counts, mask.Counts.Length);
        return new Rle
        {
            Height = (nuint)mask.HeightPx,
            Width = (nuint)mask.WidthPx,
            Length = (nuint)mask.Counts.Length,
            Counts = counts,
        };
    })];
}
