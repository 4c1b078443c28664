using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Viewer.Answers;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Viewer.Server;

/// <summary>What can be asked for. Entries and frames are asked for by number: no path comes out of a
/// request.</summary>
internal sealed class ViewerRoutes(EntryList entries, EntryIndex index) : IDisposable
{
    private const int MostListed = 200;
    private readonly ListAnswers _lists = new(entries, index);
    private readonly EntryAnswers _entry = new(entries);
    private readonly Thumbnail _thumbnail = new(entries.Categories);
    private readonly FoundEntries _found = new(entries, index);

    // Decoding takes memory and processor: as many at once as there are processors.
    private readonly SemaphoreSlim _decoding = new(Environment.ProcessorCount);

    /// <summary>Adds the routes to a server.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => FileAsync(context, PageFiles.Index));
        routes.MapGet("/page/{name}", context => FileAsync(context, (string)context.GetRouteValue("name")!));
        routes.MapGet("/api/about", context => JsonAsync(context, _lists.About()));
        routes.MapGet("/api/entries", ListAsync);
        routes.MapGet("/api/find", FindAsync);
        routes.MapGet("/api/entries/{number:int}", context => NumberOf(context) is { } number
            ? JsonAsync(context, _entry.Entry(number))
            : Missing(context));
        routes.MapGet("/api/entries/{number:int}/{side:int}/thumbnail", context => WithAsync(context, ThumbnailAsync));
        routes.MapGet("/api/entries/{number:int}/{side:int}/{frame:int}/shapes",
            context => WithFrameAsync(context, (sample, frame) => ShapesAsync(context, sample, frame)));
        routes.MapGet("/api/entries/{number:int}/{side:int}/{frame:int}/photo",
            context => WithFrameAsync(context, (sample, frame) => PhotoAsync(context, sample.Frames[frame])));
    }

    /// <inheritdoc/>
    public void Dispose() => _decoding.Dispose();

    private static async Task FileAsync(HttpContext context, string name)
    {
        if (PageFiles.Find(name) is not { } file)
        {
            await Missing(context).ConfigureAwait(false);
            return;
        }
        await using Stream content = file.Content;
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = content.Length;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private Task ListAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        int[] found = _found.Find(QueryText.Entries(query, entries.Categories), context.RequestAborted);
        int offset = QueryText.Whole(query["offset"].ToString(), 0, 0, int.MaxValue);
        int limit = QueryText.Whole(query["limit"].ToString(), MostListed, 1, MostListed);
        return JsonAsync(context, _lists.Page(found, offset, limit));
    }

    private Task FindAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        if (entries.Find(query["key"].ToString()) is not { } number) return Missing(context);
        int[] found = _found.Find(QueryText.Entries(query, entries.Categories), context.RequestAborted);
        return JsonAsync(context, _lists.Place(found, number));
    }

    private async Task ThumbnailAsync(HttpContext context, Sample sample, int side)
    {
        await _decoding.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        try
        {
            byte[] jpeg = await Task.Run(() => _thumbnail.Make(sample, side)).ConfigureAwait(false);
            context.Response.ContentType = "image/jpeg";
            context.Response.Headers.CacheControl = "max-age=60";
            await context.Response.Body.WriteAsync(jpeg, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            _decoding.Release();
        }
    }

    private static Task ShapesAsync(HttpContext context, Sample sample, int frame) =>
        JsonAsync(context, ShapeAnswers.Frame(sample, frame));

    private static async Task PhotoAsync(HttpContext context, Frame frame)
    {
        if (frame.Photo is not { } photo)
        {
            await Missing(context).ConfigureAwait(false);
            return;
        }
        string name = photo.FilePath ?? frame.Name;
        PhotoFormat format = PhotoHeader.Read(photo, name).Format;
        context.Response.ContentType = BrowserPictures.TypeOf(format) ??
            throw new BadDataException(new Problem("MEDIA_FORMAT", BrowserPictures.Unshown(format)) { File = name });
        await using Stream file = photo.OpenRead();
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task WithAsync(HttpContext context, Func<HttpContext, Sample, int, Task> answer)
    {
        int side = int.Parse((string)context.GetRouteValue("side")!, null);
        if (NumberOf(context) is not { } number || side < 0 || side >= entries.Datasets.Count ||
            entries.PlaceOf(number, side) is null)
        {
            await Missing(context).ConfigureAwait(false);
            return;
        }
        try
        {
            await answer(context, entries.Read(number, side)!, side).ConfigureAwait(false);
        }
        catch (BadDataException e)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await JsonAsync(context, JsonAnswer.Object(json =>
                json.List("problems", e.Problems, p => json.WriteStringValue(p.ToString())))).ConfigureAwait(false);
        }
    }

    private Task WithFrameAsync(HttpContext context, Func<Sample, int, Task> answer) =>
        WithAsync(context, (_, sample, _) =>
        {
            int frame = int.Parse((string)context.GetRouteValue("frame")!, null);
            return frame >= 0 && frame < sample.Frames.Length ? answer(sample, frame) : Missing(context);
        });

    private int? NumberOf(HttpContext context)
    {
        int number = int.Parse((string)context.GetRouteValue("number")!, null);
        return number >= 0 && number < entries.Count ? number : null;
    }

    private static async Task JsonAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
    }

    private static Task Missing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
