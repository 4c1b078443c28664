using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using SegPipeline.Formats.Parquet;
using SegPipeline.Formats.Parquet.FileFormat;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Formats.Parquet;

/// <summary>The bytes of pictures are read when a picture is opened, and no others: counted on the way from the
/// disk.</summary>
public sealed class ParquetPhotoTests : IDisposable
{
    private const int Rows = 40, PhotoBytes = 100_000;
    private const string Only = "data/train-00000-of-00001.parquet";
    private readonly TempFolder _folder = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly MeterListener _listener = new();
    private long _read;

    public ParquetPhotoTests()
    {
        _listener.EnableMeasurementEvents(Telemetry.BytesRead);
        // Other tests read at the same time, on other threads.
        _listener.SetMeasurementEventCallback<long>((_, bytes, _, _) =>
        {
            if (Environment.CurrentManagedThreadId == _thread) _read += bytes;
        });
    }

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Samples_are_read_without_the_bytes_of_their_pictures()
    {
        using OpenDataset data = Write(rowGroupMb: 32);
        Assert.InRange(Counted(() => data.Read(17)), 1, 50_000);
        Assert.Equal(0, Counted(() => data.Read(18)));
    }

    [Fact]
    public void A_picture_is_read_with_its_page_and_nothing_else()
    {
        using OpenDataset data = Write(rowGroupMb: 32);
        Sample sample = data.Read(17), next = data.Read(18);
        long page = Counted(() => Assert.Equal(BytesOf(17), Opened(sample)));
        Assert.InRange(page, PhotoBytes, 1_500_000);
        Assert.Equal(0, Counted(() => Opened(sample)));
        Assert.InRange(Counted(() => Assert.Equal(BytesOf(18), Opened(next))), 0, 1_500_000);
        for (int i = 0; i < Rows; i++) Assert.Equal(BytesOf(i), Opened(data.Read(i)));
    }

    [Fact]
    public void Row_groups_that_nobody_asks_for_are_not_read()
    {
        using OpenDataset data = Write(rowGroupMb: 1);
        long one = Counted(() => data.Read(Rows - 1));
        long all = one + Counted(() => Assert.All(Enumerable.Range(0, Rows), i => data.Read(i)));
        Assert.True(one > 0 && one < all / 2, $"{one} of {all}");
    }

    [Fact]
    public void A_damaged_picture_is_told_when_it_is_opened()
    {
        using (Write(rowGroupMb: 32)) { }
        byte[] file = File.ReadAllBytes(_folder["a.parquet"]);
        int at = file.AsSpan().IndexOf(BytesOf(30).AsSpan(0, 32));
        Assert.True(at > 0);
        file[at]++;
        File.WriteAllBytes(_folder["a.parquet"], file);
        using OpenDataset data = Open();
        Assert.Equal(BytesOf(0), Opened(data.Read(0)));
        Sample damaged = data.Read(30);
        Problem problem = Assert.Throws<BadDataException>(() => Opened(damaged)).Problems[0];
        Assert.Equal("PARQUET_DAMAGED", problem.Code);
        Assert.Contains("checksum of a page", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_null_where_none_is_said_to_be_is_told_when_it_is_opened()
    {
        var table = new CraftedTable
        {
            Name = "image",
            ConvertedType = null,
            Repetition = ParquetRepetition.Optional,
            NullCount = 0,
            Pages = [(0, 1, ParquetEncoding.Plain, null, [2, 0, 0, 0, 1 << 1, 0])], // a run of one null
        };
        File.WriteAllBytes(_folder["a.parquet"], table.ToBytes());
        using OpenDataset data = Open();
        Sample sample = data.Read(0);
        Problem problem = Assert.Throws<BadDataException>(() => Opened(sample)).Problems[0];
        Assert.Contains("said to have no nulls", problem.Message, StringComparison.Ordinal);
    }

    private OpenDataset Write(int rowGroupMb)
    {
        var images = new Sample[Rows];
        for (int i = 0; i < Rows; i++)
        {
            string file = _folder.Path + $"/{i}.jpg";
            File.WriteAllBytes(file, BytesOf(i));
            Sample image = Image($"{i}", Object(i + 1));
            images[i] = image with { Frames = [image.Frame with { Photo = new PhotoFile(file) }] };
        }
        var writer = new ParquetWriter
        {
            Images = ParquetImages.Embed,
            Compression = ParquetCompression.None,
            RowGroupMb = rowGroupMb,
        };
        using TestReleaseFolder release = ParquetSamples.Write(writer, new DatasetInfo(), images);
        File.WriteAllBytes(_folder["a.parquet"], release.Bytes(Only));
        return Open();
    }

    private OpenDataset Open() => new ParquetReader { Root = InputPath.Of(_folder["a.parquet"]) }.Open(Context);

    private long Counted(Action action)
    {
        long before = _read;
        action();
        return _read - before;
    }

    private static byte[] Opened(Sample sample)
    {
        using Stream stream = sample.Frame.Photo!.OpenRead();
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Bytes that no compression shortens, and none like another's.</summary>
    private static byte[] BytesOf(int number)
    {
        byte[] bytes = new byte[PhotoBytes];
        for (int i = 0; i + SHA256.HashSizeInBytes <= bytes.Length; i += SHA256.HashSizeInBytes)
            SHA256.HashData(BitConverter.GetBytes(((long)number << 32) + i), bytes.AsSpan(i));
        return bytes;
    }
}
