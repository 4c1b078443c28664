using System.Text;
using SegPipeline.Releases.Croissant;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>Writes the files that describe a release, each over what is there already.</summary>
/// <param name="record">How the release was made.</param>
/// <param name="files">The files of the writers, in ordinal order of their names; the others are added to them.</param>
/// <param name="create">Creates a file of the release, whose digest the second argument is told.</param>
internal sealed class ReleaseClosing(
    ReleaseRecord record, List<ReleaseFile> files, Func<ReleaseName, Action<FileDigest>, Stream> create)
{
    private static readonly Comparer<ReleaseFile> ByName =
        Comparer<ReleaseFile>.Create((a, b) => string.CompareOrdinal(a.Name.Value, b.Name.Value));

    /// <summary>Writes them all; the checksums, which cover the others, last.</summary>
    public void WriteAll()
    {
        // The page tells nothing of the other files.
        Task<string>? report = record.Gallery is null ? null : Task.Run(() => ReleaseReport.Text(record));
        foreach (var (stage, port, keys) in record.Result.Chosen)
        {
            var chosen = new ChosenList(stage, port, keys);
            if (chosen.File is { } file) Write(file, stream => stream.Write(chosen.Lines()));
        }
        Write(ReleaseNames.Pipeline, stream => stream.Write(Encoding.UTF8.GetBytes(record.ResolvedYaml)));
        Write(ReleaseNames.Card, stream => stream.Write(Encoding.UTF8.GetBytes(DatasetCard.Text(record, files))));
        Write(ReleaseNames.Croissant, stream => stream.Write(CroissantFile.Bytes(record, files)));
        if (report is not null)
            Write(ReleaseNames.Report, stream => stream.Write(Encoding.UTF8.GetBytes(report.GetAwaiter().GetResult())));
        Write(ReleaseNames.Manifest, stream => ManifestWriter.Write(stream, record, files));
        Write(ReleaseNames.Checksums, stream => ChecksumFile.Write(stream, files));
    }

    private void Write(ReleaseName name, Action<Stream> write)
    {
        FileDigest digest = default;
        using (Stream stream = create(name, d => digest = d)) write(stream);
        var file = new ReleaseFile(name, digest);
        files.Insert(~files.BinarySearch(file, ByName), file);
    }
}
