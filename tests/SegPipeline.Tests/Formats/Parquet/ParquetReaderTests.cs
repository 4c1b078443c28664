using System.Buffers.Binary;
using SegPipeline.Formats.Parquet;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using static SegPipeline.Tests.Formats.Parquet.ParquetSamples;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Formats.Parquet;

public sealed class ParquetReaderTests
{
    private const string Only = "data/train-00000-of-00001.parquet";

    [Theory]
    [InlineData(ParquetCompression.Zstd)]
    [InlineData(ParquetCompression.Snappy)]
    [InlineData(ParquetCompression.Gzip)]
    [InlineData(ParquetCompression.None)]
    public void What_was_written_comes_back(ParquetCompression compression)
    {
        var writer = new ParquetWriter { Compression = compression };
        foreach ((DatasetInfo info, Sample[] samples) in new[] { (Pets, Stills()), (Videos, Clips()) })
        {
            using var folder = new TempFolder();
            byte[] first = Save(folder, writer, info, samples);
            using OpenDataset data = new ParquetReader { Root = InputPath.Of(folder["a.parquet"]) }.Open(Context);
            Assert.Equal(samples.Select(s => s.Key), data.Plan.Select(p => p.Key));
            Sample[] read = [.. samples.Select((_, i) => data.Read(i))];
            Assert.Equal(samples.Select(s => s.Id?.JsonText), read.Select(s => s.Id?.JsonText));
            Assert.Equal(
                samples.SelectMany(s => s.Instances).SelectMany(i => i.Segmentations).Select(s => s.Form)
                    .Where(f => f != SegmentationForm.Missing),
                read.SelectMany(s => s.Instances).SelectMany(i => i.Segmentations).Select(s => s.Form));
            Assert.Equal(
                info.Taxonomy.Categories.Select(c => (c.Id.JsonText, c.Name, c.Supercategory)),
                data.Info.Taxonomy.Categories.Select(c => (c.Id.JsonText, c.Name, c.Supercategory)));
            Assert.Equal(info.Document.Select(m => m.Name), data.Info.Document.Select(m => m.Name));

            // Every number, null and member: the same bytes come out again.
            using TestReleaseFolder again = ParquetSamples.Write(writer, data.Info, read);
            Assert.Equal(first, again.Bytes(Only));
        }
    }

    [Fact]
    public void Embedded_pictures_come_back_byte_for_byte()
    {
        using var folder = new TempFolder();
        byte[] picture = [0xFF, 0xD8, 0, 1, 2, 0xFF, 0xD9];
        File.WriteAllBytes(folder["p.jpg"], picture);
        Sample image = Image("sub/p");
        image = image with { Frames = [image.Frame with { Photo = new PhotoFile(folder["p.jpg"]) }] };
        Save(folder, new ParquetWriter { Images = ParquetImages.Embed }, Pets, [image]);
        using OpenDataset data = new ParquetReader { Root = InputPath.Of(folder["a.parquet"]) }.Open(Context);
        Frame frame = data.Read(0).Frame;
        Assert.Equal("sub/p.jpg", frame.Name);
        using Stream stream = frame.Photo!.OpenRead();
        byte[] read = new byte[picture.Length];
        stream.ReadExactly(read);
        Assert.Equal(picture, read);
    }

    [NodeFact]
    public void Tables_of_Hugging_Face_are_read_as_DuckDB_writes_them()
    {
        string[] settings =
        [
            "COMPRESSION snappy", "COMPRESSION zstd", "COMPRESSION gzip", "COMPRESSION uncompressed",
            "COMPRESSION brotli", "COMPRESSION lz4_raw", "COMPRESSION lz4_raw, PARQUET_VERSION v2",
            "COMPRESSION zstd, PARQUET_VERSION v2", "COMPRESSION snappy, PARQUET_VERSION v2, ROW_GROUP_SIZE 2048",
        ];
        foreach (string setting in settings)
        {
            using var folder = new TempFolder();
            NodeReaders.Execute($$$$"""
                COPY (SELECT i AS image_id, {'bytes': NULL::BLOB, 'path': 'p' || i || '.jpg'} AS image,
                    CASE WHEN i % 7 = 0 THEN NULL ELSE 640::INTEGER END AS width, 480 AS height,
                    'note ' || (i % 3) AS note,
                    {'id': [i, i + 1], 'area': [0.5 * i, -0.0::DOUBLE],
                     'bbox': [[0.1::FLOAT, 2, 3, i % 50], [1, 2, 3, 4]],
                     'category': [0, i % 3]} AS objects
                FROM range(5000) t(i)) TO '{{{{folder["a.parquet"]}}}}' (FORMAT parquet, {{{{setting}}}},
                KV_METADATA { huggingface: '{"info":{"features":{"objects":{"feature":{"category":
                {"names":["x","y","z"],"_type":"ClassLabel"} },"_type":"Sequence"} } } }' })
                """);
            using OpenDataset data = new ParquetReader { Root = InputPath.Of(folder["a.parquet"]) }.Open(Context);
            Assert.Equal(5000, data.Plan.Count);
            Assert.Equal(["x", "y", "z"], data.Info.Taxonomy.Categories.Select(c => c.Name));
            for (int i = 0; i < 5000; i += 13)
            {
                Sample sample = data.Read(i);
                Assert.Equal($"p{i}.jpg", sample.Frame.Name);
                Assert.Equal(i % 7 == 0 ? 0 : 640, sample.Frame.WidthPx);
                Assert.Equal($"\"note {i % 3}\"", sample.ExtraMembers["note"]);
                Assert.Equal([new RecordId(i), new RecordId(i + 1)], sample.Instances.Select(o => o.Id!.Value));
                Assert.Equal(new RecordId(i % 3), sample.Instances[1].CategoryId);
                Assert.Equal(0.5 * i, sample.Instances[0].AreaPx);
                Assert.Equal(new Box(0.1f, 2, 3, i % 50), sample.Instances[0].Box);
            }
        }
    }

    [Fact]
    public void A_folder_is_read_in_order_and_by_split()
    {
        using var folder = new TempFolder();
        foreach (string name in new[] { "val-1", "val-0", "train-0" })
        {
            Save(folder, new ParquetWriter { Compression = ParquetCompression.Snappy }, Pets, [Image(name)]);
            File.Move(folder["a.parquet"], folder[name + ".parquet"]);
        }

        var reader = new ParquetReader { Root = InputPath.Of(folder.Path), Split = "val" };
        using OpenDataset data = reader.Open(Context);
        Assert.Equal(["val-0", "val-1"], data.Plan.Select(p => p.Key));
        Assert.Equal("NO_FILES", FailsWith(() => (reader with { Split = "test" }).Open(Context).Dispose()));
    }

    [Fact]
    public void A_position_that_is_none_is_told_as_such_and_not_as_a_size()
    {
        using var folder = new TempFolder();
        Sample video = Video("v", 1);
        Save(folder, new ParquetWriter { Compression = ParquetCompression.Snappy }, Videos,
            [video with { Frames = [video.Frame with { Position = -3 }] }]);
        using OpenDataset data = new ParquetReader { Root = InputPath.Of(folder["a.parquet"]) }.Open(Context);
        Problem problem = Assert.Throws<BadDataException>(() => data.Read(0)).Problems[0];
        Assert.Equal(("FRAME_POSITION", "expected a whole number from 0 on as position, found -3"),
            (problem.Code, problem.Message));
    }

    [Fact]
    public void A_damaged_file_is_bad_data_wherever_it_is_cut_or_changed()
    {
        using var folder = new TempFolder();
        var writer = new ParquetWriter { Compression = ParquetCompression.Snappy };
        byte[] good = Save(folder, writer, Pets, Stills());
        int refused = 0;
        for (int at = 0; at < good.Length; at += 3)
        {
            byte[] changed = [.. good];
            changed[at] ^= 0xFF;
            refused += Refuses(folder, changed);
            refused += Refuses(folder, good[..at]);
        }

        Assert.True(refused > good.Length / 3);
    }

    [Fact]
    public void Messages_say_what_is_wrong_with_a_file()
    {
        using var folder = new TempFolder();
        byte[] good = Save(folder, new ParquetWriter { Compression = ParquetCompression.Snappy }, Pets, Stills());
        Assert.Contains("begins with 'PAR1'", Told(folder, "no table, but text of some length"u8.ToArray()),
            StringComparison.Ordinal);
        Assert.Contains("it may have been cut off", Told(folder, good[..^1]), StringComparison.Ordinal);
        byte[] huge = [.. good];
        BinaryPrimitives.WriteUInt32LittleEndian(huge.AsSpan(huge.Length - 8), 4_000_000_000);
        Assert.Contains("4000000000 bytes of metadata", Told(folder, huge), StringComparison.Ordinal);
        byte[] page = [.. good];
        page[page.AsSpan().IndexOf("a.jpg"u8)] ^= 1;
        Assert.Contains("bad.parquet: the Parquet file is damaged: the checksum", Told(folder, page),
            StringComparison.Ordinal);
    }

    private static int Refuses(TempFolder folder, byte[] bytes)
    {
        try
        {
            ReadAll(folder, bytes);
            return 0;
        }
        catch (BadDataException)
        {
            return 1;
        }
    }

    private static string Told(TempFolder folder, byte[] bytes) =>
        Assert.Throws<BadDataException>(() => ReadAll(folder, bytes)).Message;

    private static void ReadAll(TempFolder folder, byte[] bytes)
    {
        File.WriteAllBytes(folder["bad.parquet"], bytes);
        using OpenDataset data = new ParquetReader { Root = InputPath.Of(folder["bad.parquet"]) }.Open(Context);
        for (int i = 0; i < data.Plan.Count; i++) data.Read(i);
    }

    private static byte[] Save(TempFolder folder, ParquetWriter writer, DatasetInfo info, Sample[] samples)
    {
        using TestReleaseFolder release = ParquetSamples.Write(writer, info, samples);
        File.WriteAllBytes(folder["a.parquet"], release.Bytes(Only));
        return release.Bytes(Only);
    }
}
