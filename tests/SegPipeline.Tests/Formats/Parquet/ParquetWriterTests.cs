using System.Globalization;
using System.Text.Json.Nodes;
using SegPipeline.Formats.Parquet;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using static SegPipeline.Tests.Formats.Parquet.ParquetSamples;
using static SegPipeline.Tests.Support.StageHarness;

namespace SegPipeline.Tests.Formats.Parquet;

public sealed class ParquetWriterTests
{
    private const string Only = "data/train-00000-of-00001.parquet";

    private static readonly ParquetWriter Snappy = new() { Compression = ParquetCompression.Snappy };

    [Theory]
    [InlineData(ParquetCompression.Zstd)]
    [InlineData(ParquetCompression.Snappy)]
    [InlineData(ParquetCompression.Gzip)]
    [InlineData(ParquetCompression.None)]
    public void The_same_rows_give_the_same_bytes_in_any_chunks(ParquetCompression compression)
    {
        var writer = new ParquetWriter { Compression = compression };
        Sample[] samples = [.. Many(900)];
        using TestReleaseFolder one = Write(writer, Pets, samples, chunk: 1), many = Write(writer, Pets, samples, 500);
        Assert.Equal([Only], one.Names);
        Assert.Equal(one.Bytes(Only), many.Bytes(Only));
    }

    [Fact]
    public void Files_are_named_after_how_many_they_are_and_end_after_the_rows_that_were_asked_for()
    {
        using TestReleaseFolder release = Write(Snappy with { Split = "val", ShardRows = 4 }, Pets, [.. Many(10)], 3);
        Assert.Equal(
            ["data/val-00000-of-00003.parquet rows 4", "data/val-00001-of-00003.parquet rows 4",
                "data/val-00002-of-00003.parquet rows 2"],
            release.Records);
    }

    [Fact]
    public void Files_end_with_the_row_group_that_makes_them_large_enough()
    {
        ParquetWriter writer = Snappy with { ShardMb = 1, RowGroupMb = 1, Compression = ParquetCompression.None };
        Sample[] samples = [.. Many(1500)];
        using TestReleaseFolder one = Write(writer, Pets, samples, 1), many = Write(writer, Pets, samples, 700);
        Assert.True(one.Names.Count() > 1);
        Assert.Equal(one.Records, many.Records);
        foreach (string name in one.Names) Assert.Equal(one.Bytes(name), many.Bytes(name));
    }

    [Fact]
    public void A_dataset_without_samples_is_one_file_without_rows()
    {
        using TestReleaseFolder release = Write(Snappy, Pets, []);
        Assert.Equal([$"{Only} rows 0"], release.Records);
    }

    [Fact]
    public void Hugging_Face_is_told_what_is_an_image_and_what_a_class()
    {
        JsonNode features = JsonNode.Parse(
            ParquetNotes.Of(Pets, ParquetSchemas.Of(SampleKind.Image))[0].Value)!["info"]!["features"]!;
        Assert.Equal("{\"_type\":\"Image\"}", features["image"]!.ToJsonString());
        JsonNode objects = features["objects"]![0]!;
        Assert.Equal("{\"names\":[\"cat\",\"dog\"],\"_type\":\"ClassLabel\"}", objects["category"]!.ToJsonString());
        Assert.Equal(
            "{\"feature\":{\"dtype\":\"float64\",\"_type\":\"Value\"},\"_type\":\"Sequence\"}",
            objects["bbox"]!.ToJsonString());
    }

    [Fact]
    public void Class_labels_never_repeat() => Assert.Equal(
        ["cat", "cat (2)", "3"],
        ParquetNotes.Labels(new Taxonomy(
            [new Category(new RecordId(1), "cat"), new Category(new RecordId(2), "cat"),
                new Category(new RecordId(3), null)], IsDeclared: true)));

    [Fact]
    public void An_embedded_picture_that_is_missing_is_named() => Assert.Equal("NO_PICTURE",
        FailsWith(() => Write(Snappy with { Images = ParquetImages.Embed }, Pets, [Image("a")]).Dispose()));

    [Theory]
    [InlineData("train", null)]
    [InlineData("v2.all.x_1", null)]
    [InlineData("a/b", "words of letters, digits and '_', parted by dots, found 'a/b'")]
    [InlineData("a-b", "words of letters, digits and '_', parted by dots, found 'a-b'")]
    [InlineData("", "words of letters, digits and '_', parted by dots, found ''")]
    [InlineData(".train", "words of letters, digits and '_', parted by dots, found '.train'")]
    [InlineData("a..b", "words of letters, digits and '_', parted by dots, found 'a..b'")]
    [InlineData("été", "words of letters, digits and '_', parted by dots, found 'été'")]
    public void A_split_is_words_parted_by_dots(string split, string? must) =>
        Assert.Equal(must is null ? [] : [$"'split' must be {must}"], new ParquetWriter { Split = split }.Check());

    [Fact]
    public void No_split_is_named_after_the_union_of_all() =>
        Assert.Equal(["'split' must not be 'All', which to Hugging Face is the union of all splits"],
            new ParquetWriter { Split = "All" }.Check());

    [Fact]
    public void Void_pixels_are_left_out_with_a_warning()
    {
        var told = new List<string>();
        using var release = new TestReleaseFolder();
        using OpenOutput output = Snappy.Open(Pets, release, Context with { Warn = told.Add });
        Sample image = Image("a");
        output.Append(output.Encode([image with { Frames = [image.Frame with { Void = Segmentation.EmptyList }] }]));
        output.Finish();
        Assert.Equal(["the void pixels of 1 frame were left out"], told);
    }

    [NodeFact]
    public void Independent_readers_see_every_value_of_images_bit_by_bit()
    {
        foreach (ParquetCompression compression in Enum.GetValues<ParquetCompression>())
        {
            using var folder = new TempFolder();
            string file = Save(folder, new ParquetWriter { Compression = compression }, Pets, Stills());
            JsonArray rows = NodeReaders.Read("duckdb", file);
            Assert.Equal("i1152921504606846976", rows[0]!["image_id"]!.GetValue<string>());
            Assert.Equal("""{"path":"a.jpg"}""", rows[0]!["image"]!.ToJsonString());
            Assert.Equal("""{"id": "b-1"}""", rows[1]!["extra"]!.GetValue<string>());
            JsonNode first = rows[0]!["objects"]![0]!;
            Assert.Equal("""["d8000000000000000","d0000000000000000","d400a000000000000","d4010000000000000"]""",
                first["bbox"]!.ToJsonString());
            Assert.Equal(
                BitsOf([0, -0.0, 1e-300, 0.1, 2, 2.5]), first["segmentation"]!["polygons"]![0]!.ToJsonString());
            Assert.Equal("""["i10","i20"]""", rows[0]!["objects"]![1]!["segmentation"]!["size"]!.ToJsonString());
            Assert.Equal("{\"id\": 1.0, \"category_id\": 99, \"note\": {\"é\": [1]}}",
                rows[0]!["objects"]![3]!["extra"]!.GetValue<string>());
            Assert.Equal("{}", rows[2]!["objects"]![0]!.ToJsonString());
            Assert.Equal("[]", rows[1]!["objects"]!.ToJsonString());
        }
    }

    [NodeFact]
    public void Independent_readers_agree_on_images_and_on_videos()
    {
        using var folder = new TempFolder();
        (DatasetInfo Info, Sample[] Samples)[] sets = [(Pets, Stills()), (Videos, Clips()), (Pets, [.. Many(700)])];
        foreach ((DatasetInfo info, Sample[] samples) in sets)
        {
            string file = Save(folder, Snappy with { RowGroupMb = 1 }, info, samples);
            JsonArray duck = NodeReaders.Read("duckdb", file);
            Assert.Equal(samples.Length, duck.Count);
            Assert.Equal(duck.ToJsonString(), NodeReaders.Read("hyparquet", file).ToJsonString());
            Assert.Equal(samples.Length, NodeReaders.Read("wasm", file).Sum(
                batch => int.Parse(batch!["rows"]!.GetValue<string>()[1..], CultureInfo.InvariantCulture)));
        }
    }

    [NodeFact]
    public void An_object_that_is_absent_from_a_frame_stays_null()
    {
        using var folder = new TempFolder();
        JsonNode track = NodeReaders.Read("duckdb", Save(folder, Snappy, Videos, Clips()))[0]!["objects"]![0]!;
        Assert.Equal("""["d4000000000000000",null,"d8000000000000000"]""", track["area"]!.ToJsonString());
        Assert.Null(track["bbox"]![1]);
        Assert.Equal("""{"form":"null"}""", track["segmentation"]![1]!.ToJsonString());
    }

    [NodeFact]
    public void Statistics_do_not_hide_rows_with_zeros_or_without_numbers()
    {
        using var folder = new TempFolder();
        Sample[] samples = [.. new[] { -0.0, 0.0, double.NaN, 5 }.Select((score, i) =>
            Image($"s{i}", Object(i) with { Score = score }))];
        string file = Save(folder, Snappy, Pets, samples), answer = folder["answer.parquet"];
        NodeReaders.Execute($"COPY (SELECT count(*) n FROM (SELECT unnest(objects).score s FROM '{file}')" +
            $" WHERE s >= 0) TO '{answer}'");
        // DuckDB takes NaN for the greatest number.
        Assert.Equal("i4", NodeReaders.Read("duckdb", answer)[0]!["n"]!.GetValue<string>());
    }

    private static string Save(TempFolder folder, ParquetWriter writer, DatasetInfo info, Sample[] samples)
    {
        using TestReleaseFolder release = Write(writer, info, samples);
        File.WriteAllBytes(folder["a.parquet"], release.Bytes(Only));
        return folder["a.parquet"];
    }

    private static string BitsOf(double[] numbers) =>
        new JsonArray([.. numbers.Select(n => (JsonNode)$"d{BitConverter.DoubleToUInt64Bits(n):x16}")]).ToJsonString();

    private static IEnumerable<Sample> Many(int count)
    {
        KeyedRandom random = SampleRank.Stream(1, "parquet", "many");
        for (int i = 0; i < count; i++)
        {
            var objects = new List<Instance>();
            for (int o = random.NextInt(0, 5); o > 0; o--)
            {
                double[] xy = new double[2 * random.NextInt(3, 120)];
                for (int p = 0; p < xy.Length; p++) xy[p] = random.NextInt(0, 64000) / 100.0;
                var shape = new PolygonSegmentation([[.. xy]]);
                objects.Add(Object((i * 100L) + o, category: 7) with { Segmentations = [shape] });
            }

            yield return Image($"image {i}", [.. objects]) with { Id = new RecordId(random.NextInt(0, 1 << 30)) };
        }
    }
}
