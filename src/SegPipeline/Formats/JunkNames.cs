namespace SegPipeline.Formats;

/// <summary>Knows files that systems and programs leave in folders of data.</summary>
internal static class JunkNames
{
    /// <summary>Judges a name and all folders in it; the most telling reason counts.</summary>
    /// <param name="name">Name relative to the folder that is listed, with forward slashes.</param>
    public static PassedOver ReasonFor(ReadOnlySpan<char> name)
    {
        PassedOver reason = PassedOver.No;
        foreach (Range part in name.Split('/'))
        {
            PassedOver here = ReasonForPart(name[part]);
            if (here != PassedOver.No && (reason == PassedOver.No || here < reason)) reason = here;
        }
        return reason;
    }

    private static PassedOver ReasonForPart(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty) return PassedOver.No;
        // Most names begin with neither, and are judged by one letter.
        switch (part[0])
        {
            case '.':
                if (part.StartsWith("._") || Is(part, ".DS_Store")) return PassedOver.MacOs;
                return Is(part, ".ipynb_checkpoints") ? PassedOver.NotebookCheckpoint : PassedOver.Hidden;
            case '_':
                return Is(part, "__MACOSX") ? PassedOver.MacOs : PassedOver.No;
            case 'T' or 't':
                return Is(part, "Thumbs.db") ? PassedOver.Windows : PassedOver.No;
            case 'D' or 'd':
                return Is(part, "desktop.ini") ? PassedOver.Windows : PassedOver.No;
            default:
                return PassedOver.No;
        }
    }

    private static bool Is(ReadOnlySpan<char> part, string name) =>
        part.Equals(name, StringComparison.OrdinalIgnoreCase);
}
