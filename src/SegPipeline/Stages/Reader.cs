using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>
/// A stage that reads a dataset. It may have several ports, e.g. ground truth and predictions of the same pictures: a
/// plan entry then has up to one sample for each.
/// </summary>
public abstract record Reader : Stage
{
    /// <summary>What tells the objects of the dataset, as far as the reader's keys say.</summary>
    public virtual ObjectSource Objects => ObjectSource.Pictures;

    /// <summary>True when the reader knows where the photos are: it is told, or they are part of the dataset.</summary>
    public virtual bool FindsPhotos => true;

    /// <summary>Opens the dataset: finds out what is in it without reading more than that needs.</summary>
    /// <exception cref="BadDataException">The dataset cannot be read at all.</exception>
    public abstract OpenDataset Open(StageContext context);
}

/// <summary>What tells the objects of a dataset.</summary>
public enum ObjectSource
{
    /// <summary>A record for each object, with its shape, area and box.</summary>
    Records,

    /// <summary>Label images, or run lengths without a record around them: areas and boxes have to be
    /// measured.</summary>
    Pictures,

    /// <summary>The folder that a photo lies in: it tells what is in the photo, not where.</summary>
    Folders,
}

/// <summary>One entry of a reader's plan.</summary>
/// <param name="Key">Key of the sample; unique within the reader.</param>
/// <param name="CostBytes">About how many bytes the sample takes while it is worked on; decides chunk size and the
/// memory budget, never the result.</param>
public readonly record struct PlanEntry(string Key, long CostBytes);

/// <summary>
/// A dataset that is open for reading. <see cref="Read"/> may be called for any entry, in any order, from any thread:
/// sample i is a function of i alone.
/// </summary>
public abstract class OpenDataset : IDisposable
{
    /// <summary>What is known before any sample is read.</summary>
    public abstract DatasetInfo Info { get; }

    /// <summary>The samples in the source's order, by key.</summary>
    public abstract IReadOnlyList<PlanEntry> Plan { get; }

    /// <summary>
    /// What is wrong with the dataset beyond any one sample, e.g. an annotation of an unknown image: a key for the
    /// record and its problem. Under <c>on_error: fail</c> they end the run before it starts; under <c>reject</c> each
    /// goes to the errors port.
    /// </summary>
    public virtual IReadOnlyList<(string Key, Problem Problem)> Defects => [];

    /// <summary>The files the dataset consists of, whose digests go into the manifest (not the photos).</summary>
    public abstract IReadOnlyList<string> InputFiles { get; }

    /// <summary>
    /// The open files that records of samples (<see cref="Sample.SourceRecord"/>, <see cref="Instance.SourceRecord"/>)
    /// are slices of, in an order that is the same in every run. A run whose records are slices of others cannot be
    /// resumed.
    /// </summary>
    public virtual IReadOnlyList<SourceFile> SourceFiles => [];

    /// <summary>
    /// The files, pictures included, that only the samples of one plan entry are made from: when one of them has
    /// changed, no other sample has. Every other file of the dataset counts as one that any sample can depend on.
    /// </summary>
    /// <param name="index">Index into <see cref="Plan"/>.</param>
    /// <returns>Their paths; null when that is not known.</returns>
    /// <exception cref="BadDataException">The record is bad.</exception>
    public virtual IReadOnlyList<string>? FilesOf(int index) => null;

    /// <summary>The files of the pictures of a sample.</summary>
    protected static IReadOnlyList<string> PhotosOf(Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return [.. sample.Frames.Select(frame => frame.Photo?.FilePath).OfType<string>()];
    }

    /// <summary>Reads the sample of a plan entry that leaves by the first port.</summary>
    /// <param name="index">Index into <see cref="Plan"/>.</param>
    /// <exception cref="BadDataException">The record is bad; the sample is rejected or the run fails.</exception>
    public abstract Sample Read(int index);

    /// <summary>
    /// Reads the sample of a plan entry that leaves by a port; of a reader with one port, that of <see cref="Read"/>.
    /// Called only for ports that something takes from. All samples of an entry have its key.
    /// </summary>
    /// <param name="index">Index into <see cref="Plan"/>.</param>
    /// <param name="port">Number of the port in <see cref="Stage.OutputPorts"/>.</param>
    /// <returns>The sample; null when the entry has none for this port.</returns>
    /// <exception cref="BadDataException">The record is bad; nothing of the entry leaves by any port.</exception>
    public virtual Sample? ReadPort(int index, int port) => port == 0 ? Read(index) : null;

    /// <summary>
    /// True when every plan entry has a sample for a port. What stands behind it can then be chosen and joined by keys
    /// alone; else all entries are read to find out.
    /// </summary>
    /// <param name="port">Number of the port in <see cref="Stage.OutputPorts"/>.</param>
    public virtual bool HasEvery(int port) => port == 0;

    /// <summary>True when a plan entry may have a sample for a port; false when it is known that none has.</summary>
    /// <param name="port">Number of the port in <see cref="Stage.OutputPorts"/>.</param>
    public virtual bool HasAny(int port) => true;

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
