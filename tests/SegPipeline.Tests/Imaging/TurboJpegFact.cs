using SegPipeline.Imaging;

namespace SegPipeline.Tests.Imaging;

/// <summary>A test of libturbojpeg; skipped, visibly, where it is not installed.</summary>
internal sealed class TurboJpegFactAttribute : FactAttribute
{
    public TurboJpegFactAttribute() =>
        Skip = TurboJpegCodec.IsInstalled ? null : "no libturbojpeg on this system: install libturbojpeg0";
}
