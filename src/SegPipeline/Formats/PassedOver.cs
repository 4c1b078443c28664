namespace SegPipeline.Formats;

/// <summary>Why a file of a folder was passed over.</summary>
internal enum PassedOver
{
    /// <summary>It was not: the file is listed.</summary>
    No,

    /// <summary>What macOS leaves in archives and folders: <c>__MACOSX/</c>, <c>._*</c>, <c>.DS_Store</c>.</summary>
    MacOs,

    /// <summary>What Windows leaves in folders: <c>Thumbs.db</c>, <c>desktop.ini</c>.</summary>
    Windows,

    /// <summary>Below <c>.ipynb_checkpoints</c>.</summary>
    NotebookCheckpoint,

    /// <summary>Its name, or that of a folder it lies in, begins with a dot.</summary>
    Hidden,

    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>A link whose target is not there.</summary>
    BrokenLink,

    /// <summary>It has an extension that was not asked for.</summary>
    OtherExtension,

    /// <summary>A folder deeper than was asked for; it counts once, whatever is in it.</summary>
    DeeperFolder,
}
