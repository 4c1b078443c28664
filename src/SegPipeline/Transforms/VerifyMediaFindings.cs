using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What is wrong with the pictures of one sample.</summary>
internal sealed class VerifyMediaFindings(VerifyMedia stage, StageOutput output)
{
    /// <summary>Why the sample is bad.</summary>
    public List<Problem> Rejected { get; } = [];

    /// <summary>What is to be told.</summary>
    public List<Problem> Warned { get; } = [];

    /// <summary>Looks at the picture of a frame.</summary>
    /// <returns>The frame, with the picture's size where that is to be corrected.</returns>
    public Frame Check(Frame frame)
    {
        if (frame.Photo is not { } photo)
        {
            Add(stage.Missing, "no picture", new Problem("MEDIA_MISSING", $"'{frame.Name}' has no picture")
            {
                Remedy = "give the reader its folder of pictures",
            });
            return frame;
        }
        PhotoInspection inspection;
        string name = photo.FilePath ?? frame.Name;
        try
        {
            inspection = PhotoInspection.Of(photo, name);
        }
        catch (BadDataException e)
        {
            bool isMissing = e.Problems[0].Code == "MEDIA_MISSING";
            foreach (Problem problem in e.Problems)
                Add(stage.Missing, isMissing ? "missing" : "not a picture", problem);
            return frame;
        }
        if (inspection.CutShort is { } fault)
            Add(stage.Truncated, "cut short", new Problem("MEDIA_TRUNCATED", "the picture is cut short: " + fault)
            {
                File = name,
                Remedy = "replace the file",
            });
        return CheckSize(frame, inspection.Header, name);
    }

    private Frame CheckSize(Frame frame, PhotoHeader header, string name)
    {
        bool isStated = frame is { WidthPx: > 0, HeightPx: > 0 };
        if ((frame.WidthPx, frame.HeightPx) == (header.WidthPx, header.HeightPx))
        {
            if (header.IsTurned) Add(stage.Exif, "turned by EXIF", Turned(header, name));
            return frame;
        }
        if (isStated) Report(frame, header, name);
        if (stage.Size != SizePolicy.Fix) return frame;
        output.Count(Tally.Note, isStated ? "sizes corrected" : "sizes filled in", 1);
        return frame with { WidthPx = header.WidthPx, HeightPx = header.HeightPx };
    }

    private void Report(Frame frame, PhotoHeader header, string name)
    {
        string stated = $"{frame.WidthPx}x{frame.HeightPx}", found = $"{header.WidthPx}x{header.HeightPx}";
        bool isExchanged = (frame.HeightPx, frame.WidthPx) == (header.WidthPx, header.HeightPx);
        string why = !isExchanged ? ""
            : header.IsTurned ? $": as EXIF orientation {header.Orientation} shows it, width and height exchanged"
            : ": width and height are exchanged";
        MediaPolicy policy = stage.Size switch
        {
            SizePolicy.Reject => MediaPolicy.Reject,
            SizePolicy.Warn => MediaPolicy.Warn,
            _ => MediaPolicy.Ignore,
        };
        string reason = !isExchanged ? "wrong size" : header.IsTurned ? "size as turned by EXIF" : "size exchanged";
        Add(policy, reason, new Problem("MEDIA_SIZE",
            $"the dataset says {stated}, the picture is {found}{why}")
        {
            File = name,
            Remedy = "correct the record, or set size: fix",
        });
    }

    private static Problem Turned(PhotoHeader header, string name) => new("MEDIA_TURNED",
        $"EXIF orientation {header.Orientation} makes viewers show {header.HeightPx}x{header.WidthPx}, "
        + $"the dataset says {header.WidthPx}x{header.HeightPx} as stored")
    {
        File = name,
        Remedy = "read pictures as stored, or remove the orientation",
    };

    private void Add(MediaPolicy policy, string reason, Problem problem)
    {
        output.Count(Tally.Note, reason, 1);
        if (policy == MediaPolicy.Reject) Rejected.Add(problem);
        if (policy == MediaPolicy.Warn) Warned.Add(problem);
    }
}
