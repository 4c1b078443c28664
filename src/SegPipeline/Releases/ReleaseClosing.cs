using System.Collections.Immutable;
using System.Text;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>Writes the files that describe a release, each into what is there already.</summary>
/// <param name="record">How the release was made.</param>
/// <param name="create">Creates a file of the release.</param>
/// <param name="contents">The files that are complete.</param>
internal sealed class ReleaseClosing(
    ReleaseRecord record, Func<ReleaseName, Stream> create, Func<ImmutableArray<ReleaseFile>> contents)
{
    /// <summary>Writes them all; the checksums, which cover the others, last.</summary>
    public void WriteAll()
    {
        foreach (var (stage, port, keys) in record.Result.Chosen)
        {
            var chosen = new ChosenList(stage, port, keys);
            if (chosen.File is { } file) Write(file, chosen.Lines());
        }
        Write(ReleaseNames.Pipeline, Encoding.UTF8.GetBytes(record.ResolvedYaml));
        Write(ReleaseNames.Card, Encoding.UTF8.GetBytes(DatasetCard.Text(record, contents())));
        ImmutableArray<ReleaseFile> listed = contents();
        using (Stream manifest = create(ReleaseNames.Manifest)) ManifestWriter.Write(manifest, record, listed);
        ImmutableArray<ReleaseFile> all = contents();
        using Stream checksums = create(ReleaseNames.Checksums);
        ChecksumFile.Write(checksums, all.Select(f => (f.Name, f.Digest)));
    }

    private void Write(ReleaseName name, byte[] bytes)
    {
        using Stream file = create(name);
        file.Write(bytes);
    }
}
