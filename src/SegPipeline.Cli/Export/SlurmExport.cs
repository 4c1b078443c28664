using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Export;

/// <summary>
/// A run as jobs of Slurm: one that freezes the plan, an array of shards, and one that merges them when all are
/// done. A job that is stopped, or fails for now, is queued again and goes on where it ended.
/// </summary>
/// <remarks>Options of <c>sbatch</c>: https://slurm.schedmd.com/sbatch.html. What is given to <c>submit.sh</c> goes to
/// every <c>sbatch</c>.</remarks>
/// <param name="run">The command lines.</param>
/// <param name="name">Name of the pipeline.</param>
/// <param name="workingFolder">Full path of the folder that the jobs run in.</param>
/// <param name="folder">Full path of the folder of the export.</param>
/// <param name="cpus">Processors for each job, unless told to <c>submit.sh</c>.</param>
internal sealed class SlurmExport(ExportedRun run, string name, string workingFolder, string folder, int cpus)
{
    private const int Attempts = 20;
    private const int SecondsToStop = 60;

    /// <summary>The scripts.</summary>
    public ExportedFile[] Files =>
    [
        new("submit.sh", Submit()),
        new("plan.sbatch", Job("plan", ShellWord.Line(run.FreezeWords), array: null)),
        new("shard.sbatch", Job("shard", Working(run.ShardWords), $"0-{run.Shards - 1}")),
        new("merge.sbatch", Job("merge", Working(run.MergeWords), array: null)),
    ];

    private static string Working(string[] words) =>
        ShellWord.Line(words) + " --workers \"${SLURM_CPUS_PER_TASK:-1}\"";

    private string Submit() => $"""
        #!/bin/sh
        # Hands the run of the pipeline '{OneLine(name)}' to Slurm: plan, {run.Shards} shards, merge.
        # What is given to this script goes to every sbatch, e.g. --partition=cpu --time=2:00:00 --mem=4G.
        set -eu
        start() {ShellBlock}
        plan=$(start plan %j "$@")
        # The last --dependency counts: one that is given here is for the plan, and what follows waits for that.
        shards=$(start shard %A_%a "$@" --dependency="afterok:$plan")
        merge=$(start merge %j "$@" --dependency="afterok:$shards")
        echo "plan $plan, shards $shards, merge $merge"

        """.ReplaceLineEndings("\n");

    // The id of a job is followed by that of its cluster where there are several.
    private string ShellBlock => string.Join('\n',
    [
        "{",
        "  job=$1 log=$2",
        "  shift 2",
        $"  id=$(sbatch --parsable --kill-on-invalid-dep=yes --chdir={ShellWord.Quoted(workingFolder)} \\",
        $"    --output={ShellWord.Quoted(LogFolder + "/")}\"$job-$log.log\" \\",
        $"    \"$@\" {ShellWord.Quoted(folder + "/")}\"$job.sbatch\")",
        "  echo \"${id%%;*}\"",
        "}",
    ]);

    private string Job(string part, string command, string? array) => string.Join('\n',
    [
        "#!/bin/bash",
        $"#SBATCH --job-name={JobName(part)}",
        .. array is null ? (string[])[] : [$"#SBATCH --array={array}"],
        $"#SBATCH --cpus-per-task={cpus}",
        "#SBATCH --requeue",
        "#SBATCH --open-mode=append",
        "# The end of the time limit is told to this shell, so that the next attempt can take up the work.",
        $"#SBATCH --signal=B:TERM@{SecondsToStop}",
        "",
        "work= signalled=0 code=127",
        "trap 'signalled=1; kill -TERM $work 2>/dev/null' TERM",
        $"{command} &",
        "work=$!",
        "while :; do",
        "  before=$code",
        "  wait \"$work\"",
        "  code=$?",
        "  # A signal ends the waiting, not the work.",
        "  [ \"$signalled\" = 1 ] || break",
        "  signalled=0",
        "done",
        "[ \"$code\" = 127 ] && code=$before",
        "case $code in",
        "  75|130|137|143) # try later, stopped, killed: what is committed stays, the next attempt goes on behind it",
        $"    if [ \"${{SLURM_RESTART_COUNT:-0}}\" -lt {Attempts} ]; then",
        "      if [ -n \"${SLURM_ARRAY_JOB_ID:-}\" ]; then job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID",
        "      else job=$SLURM_JOB_ID; fi",
        "      # A job that somebody has cancelled runs no longer, and is to stay so.",
        "      case \" $(scontrol -o show job \"$job\") \" in",
        "        *\" JobState=RUNNING \"*) scontrol requeue \"$job\" ;;",
        "      esac",
        "    fi ;;",
        "esac",
        "exit \"$code\"",
        "",
    ]);

    private string LogFolder => folder.Replace("%", "%%", StringComparison.Ordinal);

    private string JobName(string part) => $"{DnsLabel.Of(name)}-{part}";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
