using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace SegPipeline.Tests.Support;

/// <summary>A headless Chromium with an empty profile, closed with the test.</summary>
/// <remarks>Tests that use it carry <c>[ToolFact("chromedriver")]</c>.</remarks>
internal sealed class Browser : IDisposable
{
    private static readonly string[] Arguments =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--hide-scrollbars",
    ];

    private readonly TempFolder _profile = new();
    private readonly ChromeDriverService _service;

    /// <summary>Starts the browser.</summary>
    /// <param name="width">Width of the window in CSS pixels.</param>
    /// <param name="height">Height of the window in CSS pixels.</param>
    public Browser(int width = 1280, int height = 900)
    {
        var options = new ChromeOptions { BinaryLocation = "/usr/bin/chromium" };
        options.AddArguments(Arguments);
        options.AddArguments($"--window-size={width},{height}", $"--user-data-dir={_profile.Path}");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        _service = ChromeDriverService.CreateDefaultService("/usr/bin", "chromedriver");
        _service.SuppressInitialDiagnosticInformation = true;
        _service.HideCommandPromptWindow = true;
        Driver = new ChromeDriver(_service, options, TimeSpan.FromSeconds(60));
    }

    /// <summary>The browser.</summary>
    public ChromeDriver Driver { get; }

    /// <summary>Opens a page and waits until it is loaded.</summary>
    public void Open(string address) => Driver.Navigate().GoToUrl(address);

    /// <summary>Shows the page that is open as a phone does.</summary>
    /// <param name="width">Width of its window in CSS pixels.</param>
    /// <param name="height">Height of its window in CSS pixels.</param>
    public void BecomePhone(int width = 360, int height = 740)
    {
        Driver.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new Dictionary<string, object?>
        {
            ["width"] = width,
            ["height"] = height,
            ["deviceScaleFactor"] = 2,
            ["mobile"] = true,
        });
        WaitUntil($"innerWidth === {width}");
    }

    /// <summary>Evaluates an expression in the page.</summary>
    public T? Evaluate<T>(string expression) => (T?)Driver.ExecuteScript("return " + expression);

    /// <summary>Waits until an expression in the page is true.</summary>
    /// <exception cref="TimeoutException">It was not within half a minute.</exception>
    public void WaitUntil(string condition)
    {
        long end = Environment.TickCount64 + 30_000;
        while (!Evaluate<bool>($"!!({condition})"))
        {
            if (Environment.TickCount64 > end) throw new TimeoutException($"never became true: {condition}");
            Thread.Sleep(20);
        }
    }

    /// <summary>What the page wrote to its console as warning or error, failed requests included.</summary>
    public IReadOnlyList<string> Complaints() =>
    [
        .. Driver.Manage().Logs.GetLog(LogType.Browser)
            .Where(entry => entry.Level >= LogLevel.Warning)
            .Select(entry => entry.Message),
    ];

    /// <summary>Writes a picture of what the window shows.</summary>
    public void SaveScreenshot(string path) => Driver.GetScreenshot().SaveAsFile(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Driver.Quit();
        Driver.Dispose();
        _service.Dispose();
        _profile.Dispose();
    }
}
