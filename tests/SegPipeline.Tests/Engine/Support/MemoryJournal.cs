using System.Buffers.Binary;
using SegPipeline.Engine.Journal;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Engine.Support;

/// <summary>A journal in memory, of runs that put no files of their own into a release.</summary>
internal sealed class MemoryJournal : IJournalStore
{
    public byte[] Bytes { get; set; } = [];

    public bool IsKept { get; private set; }

    /// <summary>What the journal throws when it is written to, as a full disk does.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Where each record ends, the header first.</summary>
    public List<int> Ends
    {
        get
        {
            var ends = new List<int>();
            for (int at = 0; at < Bytes.Length; ends.Add(at))
                at += 16 + BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(at)) +
                    BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(at + 4));
            return ends;
        }
    }

    public Stream OpenLog() => new Log(this);

    public IReadOnlyList<StagedFile>? AwaitFiles(IReadOnlyList<ReleaseName> names) => [];

    public int CountWhole(IReadOnlyList<StagedFile> files) => files.Count;

    public void Adopt(IReadOnlyList<StagedFile> files) => Assert.Empty(files);

    public void Keep() => IsKept = true;

    private sealed class Log : MemoryStream
    {
        private readonly MemoryJournal _journal;

        public Log(MemoryJournal journal)
        {
            _journal = journal;
            base.Write(journal.Bytes);
            Position = 0;
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_journal.Failure is { } failure && Length > 1000) throw failure;
            base.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && CanRead) _journal.Bytes = ToArray();
            base.Dispose(disposing);
        }
    }
}
