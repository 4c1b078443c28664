using System.Text;

namespace SegPipeline.Cli.Export;

/// <summary>A run as a service of systemd that is started by hand, by a timer or by another unit.</summary>
/// <remarks>Settings: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html, quoting of
/// <c>ExecStart</c> and of specifiers as there.</remarks>
internal sealed class SystemdExport(ExportedRun run, string name, string workingFolder)
{
    /// <summary>The unit.</summary>
    public ExportedFile[] Files => [new($"segpipe-{DnsLabel.Of(name)}.service", string.Join('\n',
    [
        "[Unit]",
        $"Description=segpipe {Literal(name.ReplaceLineEndings(" "))}",
        "# A run that fails again and again is given up.",
        "StartLimitIntervalSec=1d",
        "StartLimitBurst=20",
        "",
        "[Service]",
        "Type=oneshot",
        $"WorkingDirectory={Literal(workingFolder)}",
        $"ExecStart={string.Join(' ', run.RunWords.Select(Quoted))}",
        "# TERM ends a run at its next commit; the next start goes on behind it.",
        "TimeoutStopSec=60",
        "# 75 passes by itself, a killed run goes on; bad pipelines, data and command lines stay as they are.",
        "Restart=on-failure",
        "RestartSec=60",
        "RestartPreventExitStatus=1 2 65 78",
        "",
    ]))];

    private static string Quoted(string word)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in Literal(word))
            quoted.Append(c switch
            {
                '"' or '\\' => $"\\{c}",
                '$' => "$$",
                < ' ' => $"\\x{(int)c:x2}",
                _ => $"{c}",
            });
        return quoted.Append('"').ToString();
    }

    private static string Literal(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
