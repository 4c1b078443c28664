using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>A stage that writes samples into the release.</summary>
public abstract record Writer : Stage
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> OutputPorts => [];

    /// <summary>True when the stage writes what comes from an <c>errors</c> port (samples with a rejection).</summary>
    public virtual bool TakesErrors => false;

    /// <summary>What a model learns from what the stage writes, in the words of Hugging Face (task categories); empty
    /// for what nobody trains on.</summary>
    public virtual IReadOnlyList<string> Tasks => ["image-segmentation"];

    /// <summary>Opens the output.</summary>
    /// <param name="input">What is known about the dataset to be written.</param>
    /// <param name="release">The release folder to write into.</param>
    /// <param name="context">What the stage may know of the run.</param>
    /// <exception cref="BadDataException">The dataset cannot be written in this format.</exception>
    public abstract OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context);

    /// <summary>The reader that reads back what this writer has written; null when there is none.</summary>
    /// <param name="release">The folder of the finished release.</param>
    public virtual Reader? ReadBack(InputPath release) => null;
}

/// <summary>
/// An output that is being written. <see cref="Encode"/> does the work, on any thread and for chunks in any order;
/// <see cref="Append"/> is called for one chunk after another, in plan order, and must be quick.
/// </summary>
public abstract class OpenOutput : IDisposable
{
    /// <summary>Turns the samples of a chunk into what will be appended. Pure: touches no file, keeps no
    /// state.</summary>
    /// <returns>Whatever <see cref="Append"/> understands.</returns>
    public abstract object Encode(IReadOnlyList<Sample> samples);

    /// <summary>Appends an encoded chunk to the output. Called in order, by one thread at a time.</summary>
    public abstract void Append(object encoded);

    /// <summary>Completes the output after the last chunk.</summary>
    public abstract void Finish();

    /// <summary>True when <see cref="Save"/> and <see cref="Load"/> are there. With an output that lacks them an
    /// interrupted run cannot be resumed, and begins anew.</summary>
    public virtual bool IsResumable => false;

    /// <summary>
    /// Takes down an encoded chunk, so that a run that was interrupted can append it without encoding it again. Pure,
    /// on any thread, before <see cref="Append"/>. Files that the chunk puts into the release are named, not copied
    /// (<see cref="JournalWriter.File"/>).
    /// </summary>
    public virtual void Save(object encoded, JournalWriter journal) => throw new NotSupportedException();

    /// <summary>Makes an encoded chunk out of what <see cref="Save"/> took down: appending it has the same effect, the
    /// files it puts into the release being there already (<see cref="StagedPhoto"/>).</summary>
    public virtual object Load(JournalReader journal) => throw new NotSupportedException();

    /// <summary>
    /// What a person should read at the end of the run and in the dataset card, a line each: results, e.g. the scores
    /// of a whole dataset. Asked for after <see cref="Finish"/>; the same in every run.
    /// </summary>
    public virtual IReadOnlyList<string> Summary => [];

    /// <summary>The tables of records in what was written, for programs that load it; asked for after
    /// <see cref="Finish"/>.</summary>
    public virtual IReadOnlyList<RecordTable> Tables => [];

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>How a photo gets into a release.</summary>
public enum MediaTransfer
{
    /// <summary>The photos stay where they are.</summary>
    None,

    /// <summary>Copied, byte for byte.</summary>
    Copy,

    /// <summary>Hard-linked; copied where the file system cannot.</summary>
    Hardlink,

    /// <summary>Linked symbolically to the source.</summary>
    Symlink,
}

/// <summary>
/// The release folder as a writer sees it. Names are relative with forward slashes, and come from
/// <see cref="ReleaseName"/> so that none can lead out of the folder; two that differ only in case or Unicode form
/// collide, which is an error before anything is overwritten.
/// </summary>
public interface IReleaseFolder
{
    /// <summary>Creates a file of the release for writing; its size and SHA-256 are taken as it is written.</summary>
    /// <exception cref="BadDataException">The name collides with one that is already there.</exception>
    Stream CreateFile(ReleaseName name);

    /// <summary>Creates a file of the release that gets its name when it is written, e.g. because the name says how
    /// many files there are.</summary>
    IUnnamedFile CreateUnnamed();

    /// <summary>Puts a photo into the release; a <see cref="StagedPhoto"/> is there already.</summary>
    /// <exception cref="BadDataException">The photo cannot be read, or the name collides.</exception>
    void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer);

    /// <summary>
    /// Waits until every photo is in its place. The engine asks for it at the end of a run, while the datasets that
    /// photos are read from are still open.
    /// </summary>
    /// <exception cref="BadDataException">A photo cannot be read.</exception>
    void CompletePhotos() { }

    /// <summary>
    /// Creates a file for intermediate results that is not part of the release; readable and seekable, removed at the
    /// end.
    /// </summary>
    FileStream CreateScratchFile();

    /// <summary>States how many records (images, annotations) a file holds; shown in the manifest.</summary>
    void CountRecords(ReleaseName name, string what, long count);
}
