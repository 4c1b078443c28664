namespace SegPipeline.Model;

/// <summary>The encoded picture of a frame (JPEG, PNG, ...): opened only by a stage that needs it.</summary>
public abstract class Photo
{
    /// <summary>File on disk whose bytes are the picture; null when it is made in memory.</summary>
    public abstract string? FilePath { get; }

    /// <summary>About how many bytes of memory it takes to open it, when it is made in memory: bounds how many are
    /// made at once.</summary>
    public virtual long CostBytes => 0;

    /// <summary>Opens the encoded bytes for reading.</summary>
    /// <exception cref="BadDataException">The file is missing or cannot be read.</exception>
    public abstract Stream OpenRead();
}

/// <summary>A picture that is a file on disk.</summary>
/// <param name="path">Its full path.</param>
public sealed class PhotoFile(string path) : Photo
{
    /// <inheritdoc/>
    public override string FilePath => path;

    /// <inheritdoc/>
    public override Stream OpenRead()
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            if (Telemetry.BytesRead.Enabled) Telemetry.BytesRead.Add(file.Length);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException(new Problem("MEDIA_MISSING", "the picture cannot be opened: " + e.Message)
            {
                File = path,
                Remedy = "check the reader's 'images' folder",
            }, e);
        }
    }
}
