using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SegPipeline.Imaging;

/// <summary>The calls of libturbojpeg that are needed here.</summary>
/// <remarks>turbojpeg.h, version 2.x of the interface, which 3.x keeps.</remarks>
internal static class TurboJpegLibrary
{
    /// <summary>Name by which the system finds it.</summary>
    public const string Name = "libturbojpeg.so.0";

    /// <summary>TJPF_RGB: red, green and blue, a byte each.</summary>
    public const int Rgb = 0;

    /// <summary>TJSAMP_420: colour at half resolution.</summary>
    public const int HalfColour = 2;

    /// <summary>TJERR_WARNING: the pixels are there, but something is wrong with them.</summary>
    public const int Warning = 0;

    /// <summary>True where the system has it.</summary>
    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(
        Name, typeof(TurboJpegLibrary).Assembly, DllImportSearchPath.SafeDirectories, out _);

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern TurboJpegHandle tjInitDecompress();

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern TurboJpegHandle tjInitCompress();

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int tjDestroy(nint handle);

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int tjDecompress2(TurboJpegHandle handle, byte[] file, CULong fileBytes, byte[] pixels,
        int widthPx, int rowBytes, int heightPx, int pixelFormat, int flags);

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int tjCompress2(TurboJpegHandle handle, byte[] pixels, int widthPx, int rowBytes,
        int heightPx, int pixelFormat, ref nint file, ref CULong fileBytes, int subsampling, int quality, int flags);

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void tjFree(nint file);

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint tjGetErrorStr2(TurboJpegHandle handle);

    [DllImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int tjGetErrorCode(TurboJpegHandle handle);
}

/// <summary>A compressor or decompressor of libturbojpeg; for one thread at a time.</summary>
internal sealed class TurboJpegHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <summary>What went wrong last.</summary>
    public string ErrorText => Marshal.PtrToStringUTF8(TurboJpegLibrary.tjGetErrorStr2(this)) ?? "unknown error";

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => TurboJpegLibrary.tjDestroy(handle) == 0;
}
