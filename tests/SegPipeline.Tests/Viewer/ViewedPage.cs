using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SegPipeline.Formats.Coco;
using SegPipeline.Formats.Synthetic;
using SegPipeline.Stages;
using SegPipeline.Viewer;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>A viewer that runs within the test, and requests to it.</summary>
internal sealed class ViewedPage : IAsyncDisposable
{
    private readonly DatasetViewer _viewer;

    private ViewedPage(DatasetViewer viewer) => _viewer = viewer;

    public static async Task<ViewedPage> ShowAsync(params ViewedDataset[] datasets) =>
        new(await DatasetViewer.StartAsync(datasets, port: 0));

    public static ViewedDataset Dataset(string name, Reader reader) =>
        new(name, reader.Open(new StageContext(name, Seed: 7)), []);

    public static ViewedDataset Scenes(int count = 30, int frames = 1, double crowds = 0.2) =>
        Dataset("scenes", new SyntheticReader
        {
            Count = count,
            Width = 96,
            Height = 64,
            Frames = frames,
            Crowds = crowds,
            Photo = SyntheticPhoto.Png,
        });

    public static ViewedDataset Coco(string file) =>
        Dataset(Path.GetFileName(file), new CocoReader { Annotations = InputPath.Of(file) });

    public HttpClient Client { get; } = new();

    public Uri Address => _viewer.Address;

    public Task Indexed => _viewer.Indexed;

    /// <summary>The JSON that a request is answered with.</summary>
    public async Task<JsonElement> AskAsync(string query)
    {
        using JsonDocument document = JsonDocument.Parse(await Client.GetStringAsync(new Uri(Address, query)));
        return document.RootElement.Clone();
    }

    /// <summary>The keys that a list is answered with.</summary>
    public async Task<string[]> KeysAsync(string query)
    {
        JsonElement list = await AskAsync("api/entries?" + query);
        return [.. list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("key").GetString()!)];
    }

    /// <summary>Sends bytes as they are, which no client would; the first line of the answer.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _viewer.DisposeAsync();
    }
}
