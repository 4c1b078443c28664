using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using SegPipeline.Viewer.Entries;
using SegPipeline.Viewer.Server;

namespace SegPipeline.Viewer;

/// <summary>
/// A web server on this machine's own address that shows one dataset, or two side by side. It answers to nothing but
/// requests to read them, so that whoever can reach it, programs of this machine, learns no more than what the page
/// shows; that is why there is no password.
/// </summary>
internal sealed class DatasetViewer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<ViewedDataset> _datasets;

    private DatasetViewer(WebApplication server, IReadOnlyList<ViewedDataset> datasets, EntryIndex index)
    {
        _server = server;
        _datasets = datasets;
        Address = new Uri(server.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single());
        Indexed = index.BuildAsync(_stop.Token);
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; }

    /// <summary>Ends when the index is complete, or the viewer.</summary>
    public Task Indexed { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="datasets">One dataset, or two to compare; closed with the viewer.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DatasetViewer> StartAsync(IReadOnlyList<ViewedDataset> datasets, int port)
    {
        var entries = new EntryList(datasets);
        var index = new EntryIndex(entries);
        // Nothing is read from the working folder or the environment, nothing is logged.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        WebApplication server = builder.Build();
        server.Use(RequestGuard.InvokeAsync);
        server.UseRouting();
        var routes = new ViewerRoutes(entries, index);
        routes.Map(server);
        server.Lifetime.ApplicationStopped.Register(routes.Dispose);
        await server.StartAsync().ConfigureAwait(false);
        return new DatasetViewer(server, datasets, index);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        await Indexed.ConfigureAwait(false);
        foreach (ViewedDataset dataset in _datasets) dataset.Dispose();
        _stop.Dispose();
    }
}
