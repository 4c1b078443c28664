using System.Globalization;
using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;
using SegPipeline.Masks;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>What a person does with the page of the viewer, and sees on it.</summary>
internal static class SamplePage
{
    /// <summary>Masks without anything else, solid.</summary>
    public const string Solid = "&opacity=100&contour=off&photo=off&void=off";

    /// <summary>Opens a sample and waits until a frame of it is painted.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="page">The viewer.</param>
    /// <param name="query">What to open.</param>
    /// <param name="painted">Key and frame, as key#1.</param>
    public static void OpenSample(this Browser browser, ViewedPage page, string query, string painted)
    {
        browser.Open(new Uri(page.Address, query).AbsoluteUri);
        browser.WaitForFrame(painted);
    }

    public static void WaitForFrame(this Browser browser, string painted) =>
        browser.WaitUntil($"document.querySelector('#single').dataset.painted === '{painted}'");

    public static void WaitForAddress(this Browser browser, string part) =>
        browser.WaitUntil($"location.search.includes('{part}')");

    public static string Text(this Browser browser, string selector) =>
        browser.Evaluate<string>($"document.querySelector('{selector}').innerText")!;

    public static long Count(this Browser browser, string selector) =>
        browser.Evaluate<long>($"document.querySelectorAll('{selector}').length");

    /// <summary>Clicks, also where the page has just put another element in the place of the first one.</summary>
    public static void Click(this Browser browser, string selector)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                browser.Driver.FindElement(By.CssSelector(selector)).Click();
                return;
            }
            catch (StaleElementReferenceException) when (tries < 5)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Presses keys as a person does: they go to what has the focus.</summary>
    public static void Type(this Browser browser, string keys) =>
        new Actions(browser.Driver).SendKeys(keys).Perform();

    /// <summary>Moves the pointer to a pixel of the picture.</summary>
    public static void PointAt(this Browser browser, double x, double y, string pane = ".pane")
    {
        (long left, long top) = browser.OnScreen(x, y, pane);
        new Actions(browser.Driver).MoveToLocation((int)left, (int)top).Perform();
    }

    /// <summary>Where a place of the picture is in the window.</summary>
    public static (long Left, long Top) OnScreen(this Browser browser, double x, double y, string pane = ".pane")
    {
        string place = string.Create(CultureInfo.InvariantCulture,
            $"(() => {{ const c = document.querySelector('{pane} canvas.overlay'), b = c.getBoundingClientRect(); " +
            $"return [b.left + {x} / c.width * b.width, b.top + {y} / c.height * b.height]" +
            $".map(Math.floor).join(); }})()");
        string[] parts = browser.Evaluate<string>(place)!.Split(',');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Which pixels of a canvas are painted, row by row: 1 or 0.</summary>
    public static string Pixels(this Browser browser, string canvas = "canvas.overlay") => browser.Evaluate<string>(
        $"(() => {{ const c = document.querySelector('{canvas}'); " +
        "const copy = new OffscreenCanvas(c.width, c.height).getContext('2d', { willReadFrequently: true }); " +
        "copy.drawImage(c, 0, 0); " +
        "const d = copy.getImageData(0, 0, c.width, c.height).data; let t = ''; " +
        "for (let i = 3; i < d.length; i += 4) t += d[i] > 0 ? '1' : '0'; return t; })()")!;

    /// <summary>Which pixels a mask has, row by row: 1 or 0.</summary>
    public static string Pixels(this Sample sample, int instance, int frame = 0)
    {
        Mask mask = ShownShape.MaskOf(sample.Instances[instance], sample, frame)!;
        byte[] rows = new byte[mask.PixelCount];
        mask.CopyToRowMajor(rows);
        return string.Concat(rows.Select(r => r == 0 ? '0' : '1'));
    }

    /// <summary>The colours of what the window shows, row by row.</summary>
    public static (int WidthPx, Func<long, long, string> ColourAt) Screen(this Browser browser)
    {
        using PngImage picture = PngReader.Read(browser.Driver.GetScreenshot().AsByteArray);
        byte[] samples = picture.Samples.ToArray();
        int width = picture.Header.WidthPx, each = picture.Header.SamplesPerPixel;
        return (width, (left, top) =>
        {
            int at = (int)(top * width + left) * each;
            return $"{samples[at]:x2}{samples[at + 1]:x2}{samples[at + 2]:x2}";
        }
        );
    }
}
