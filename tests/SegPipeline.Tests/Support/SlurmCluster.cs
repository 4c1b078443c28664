using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SegPipeline.Tests.Support;

/// <summary>A Slurm of one node, on ports of its own, that lives as long as a test.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly TempFolder _temp = new();
    private readonly List<Process> _daemons = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private SlurmCluster()
    {
        File.WriteAllBytes(_temp["key"], [.. Enumerable.Range(0, 1024).Select(i => (byte)(i * 7))]);
        ToolRun.MakePrivate(_temp["key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _temp.Write("slurm.conf", Configuration());
        Environment = new Dictionary<string, string> { ["SLURM_CONF"] = _temp["slurm.conf"] };
        Daemon("munged", "--foreground", "--force", $"--socket={_temp["munge"]}", $"--key-file={_temp["key"]}",
            $"--pid-file={_temp["munged.pid"]}", $"--log-file={_temp["munged.log"]}", $"--seed-file={_temp["seed"]}");
    }

    /// <summary>What the commands of Slurm need to know.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Starts it.</summary>
    public static async Task<SlurmCluster> StartAsync()
    {
        var cluster = new SlurmCluster();
        try
        {
            await cluster.UntilAsync(() => Task.FromResult(File.Exists(cluster._temp["munge"])), "munged listens");
            cluster.Daemon("slurmctld", "-D", "-c", "-f", cluster._temp["slurm.conf"]);
            cluster.Daemon("slurmd", "-D", "-N", "localhost", "-f", cluster._temp["slurm.conf"]);
            await cluster.UntilAsync(async () => await cluster.AskAsync("sinfo", "-h", "-o", "%T") == "idle", "idle");
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command of Slurm.</summary>
    /// <returns>What it says, or that it failed.</returns>
    public async Task<string> AskAsync(string command, params string[] arguments)
    {
        ToolRun run = await ToolRun.InAsync(_temp.Path, Environment, command, arguments);
        return run.ExitCode == 0 ? run.Out.Trim() : $"{command} failed: {run.Error}";
    }

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        while (!await isSo())
        {
            Assert.True(_clock.Elapsed < Longest, $"not within {Longest}: {what}");
            await Task.Delay(100);
        }
    }

    public void Dispose()
    {
        // The last started first: jobs end with their node.
        foreach (Process daemon in Enumerable.Reverse(_daemons))
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }
        _temp.Dispose();
    }

    private void Daemon(string program, params string[] arguments)
    {
        Process process = ToolRun.Start(_temp.Path, new Dictionary<string, string>(), program, arguments);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _daemons.Add(process);
    }

    private string Configuration()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        string host = Dns.GetHostName().Split('.')[0], user = System.Environment.UserName;
        return $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={((IPEndPoint)one.LocalEndpoint).Port}
            SlurmdPort={((IPEndPoint)other.LocalEndpoint).Port}
            SlurmUser={user}
            SlurmdUser={user}
            AuthType=auth/munge
            AuthInfo=socket={_temp["munge"]}
            StateSaveLocation={_temp["state"]}
            SlurmdSpoolDir={_temp["spool"]}
            SlurmctldPidFile={_temp["slurmctld.pid"]}
            SlurmdPidFile={_temp["slurmd.pid"]}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SlurmdParameters=config_overrides
            SwitchType=switch/none
            MpiDefault=none
            ReturnToService=2
            KillWait=2
            SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2,defer_batch
            NodeName=localhost NodeHostname={host} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
            PartitionName=main Nodes=ALL Default=YES State=UP

            """;
    }
}
