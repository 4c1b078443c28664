using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>
/// The files that a chunk of samples becomes, where each sample is a file or several: bytes made on any thread, and
/// pictures to be brought over; put into the release when it is the chunk's turn.
/// </summary>
internal sealed class EncodedFiles
{
    private readonly List<(ReleaseName Name, byte[]? Bytes, Photo? Photo)> _files = [];

    /// <summary>Adds a file of given bytes, which are not copied.</summary>
    public void Add(ReleaseName name, byte[] bytes) => _files.Add((name, bytes, null));

    /// <summary>Adds a picture.</summary>
    public void Add(ReleaseName name, Photo photo) => _files.Add((name, null, photo));

    /// <summary>Takes down the names: the files themselves are in their places when they are needed again.</summary>
    public void Save(JournalWriter journal)
    {
        journal.Number(_files.Count);
        foreach (var (name, _, photo) in _files)
        {
            journal.File(name);
            journal.Flag(photo is not null);
        }
    }

    /// <summary>Files that an interrupted run has already put into the release.</summary>
    public static EncodedFiles Load(JournalReader journal)
    {
        var files = new EncodedFiles();
        for (int left = journal.Count(); left > 0; left--)
            files._files.Add((journal.File(), null, journal.Flag() ? new StagedPhoto() : null));
        return files;
    }

    /// <summary>Puts everything into the release, in the order in which it was added.</summary>
    /// <param name="release">The release.</param>
    /// <param name="transfer">How pictures get there.</param>
    public void WriteTo(IReleaseFolder release, MediaTransfer transfer)
    {
        foreach ((ReleaseName name, byte[]? bytes, Photo? photo) in _files)
        {
            if (photo is not null) release.AddPhoto(name, photo, transfer);
            else if (bytes is null) release.AddPhoto(name, new StagedPhoto(), MediaTransfer.Copy);
            else Write(release, name, bytes);
        }
    }

    private static void Write(IReleaseFolder release, ReleaseName name, byte[] bytes)
    {
        using Stream file = release.CreateFile(name);
        file.Write(bytes);
    }
}
