using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SegPipeline.Viewer.Server;

/// <summary>
/// Lets only requests of the page itself through. The server listens on the loopback address alone; a page of another
/// site could still be given a name that leads there (DNS rebinding), so the name that was asked for must be one of
/// this machine's own. Nothing is ever changed by a request, and no answer may be read by another origin.
/// </summary>
internal static class RequestGuard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const int HttpPort = 80;

    private static readonly string[] OwnNames = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>The check, as a step before all others.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = Policy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers[HeaderNames.CacheControl] = "no-cache";
        HttpRequest request = context.Request;
        bool isOwnName = OwnNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) &&
            (request.Host.Port ?? HttpPort) == context.Connection.LocalPort;
        if (!isOwnName) return Refuse(context, StatusCodes.Status421MisdirectedRequest);
        // Browsers say when another page asks, be it of another port of this machine; it could not read the answer, but
        // would make this machine work for it.
        bool isOfAnotherPage = request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" &&
            request.Headers["Sec-Fetch-Mode"] != "navigate";
        if (isOfAnotherPage) return Refuse(context, StatusCodes.Status403Forbidden);
        if (!HttpMethods.IsGet(request.Method)) return Refuse(context, StatusCodes.Status405MethodNotAllowed);
        return next(context);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
