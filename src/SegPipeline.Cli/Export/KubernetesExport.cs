using System.Text.Encodings.Web;
using System.Text.Json;

namespace SegPipeline.Cli.Export;

/// <summary>Where a run finds its files in a cluster.</summary>
/// <param name="Image">The image that holds segpipe.</param>
/// <param name="Claim">The claim of the volume that holds pipeline, inputs and release, for all pods.</param>
/// <param name="Mount">Where it is mounted.</param>
/// <param name="WorkingFolder">The folder that the commands run in.</param>
/// <param name="Cpus">Processors for each pod.</param>
internal sealed record ClusterPlace(string Image, string Claim, string Mount, string WorkingFolder, int Cpus);

/// <summary>
/// A run as Jobs of Kubernetes: one that freezes the plan, an Indexed Job of shards, and one that merges them. Exit
/// codes tell what is tried again and what is not.
/// </summary>
/// <remarks>Fields: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/, with
/// <c>backoffLimitPerIndex</c> and <c>podFailurePolicy</c> (on by default since 1.29). Every text is written as a JSON
/// string, which YAML takes as it is.</remarks>
internal sealed class KubernetesExport(ExportedRun run, string name, ClusterPlace place)
{
    private const int Attempts = 20;
    private const int SecondsToStop = 60;

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Policy =
    [
        "podFailurePolicy:",
        "  rules:",
        "    - action: FailJob # bad pipeline, data or command line, or a fault of segpipe: no use to try again",
        "      onExitCodes: { containerName: segpipe, operator: In, values: [1, 2, 65, 78] }",
        "    - action: Ignore # the node was drained or the pod preempted",
        "      onPodConditions: [{ type: DisruptionTarget, status: \"True\" }]",
        "    - action: Count # try later, stopped, killed: the next attempt goes on behind what is committed",
        "      onExitCodes: { containerName: segpipe, operator: In, values: [75, 130, 137, 143] }",
    ];

    /// <summary>The manifests, and a script that applies one after another.</summary>
    public ExportedFile[] Files =>
    [
        new("submit.sh", Submit),
        new("plan.yaml", Job("plan", run.FreezeWords, [$"backoffLimit: {Attempts}"])),
        new("shards.yaml", Job("shards", Working(run.ShardWords),
        [
            "completionMode: Indexed",
            $"completions: {run.Shards}",
            $"parallelism: {run.Shards}",
            $"backoffLimitPerIndex: {Attempts}",
        ])),
        new("merge.yaml", Job("merge", Working(run.MergeWords), [$"backoffLimit: {Attempts}"])),
    ];

    private const string Submit = """
        #!/bin/sh
        # Applies one Job after another, in the namespace that kubectl is set to. A Job that is over is not run again
        # before it is deleted: kubectl delete -f FOLDER begins anew.
        set -eu
        cd "$(dirname "$0")"
        for job in plan shards merge; do
          kubectl apply -f "$job.yaml"
          while :; do
            state=$(kubectl get -f "$job.yaml" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}')
            case " $state " in
              *" Complete "*) break ;;
              *" Failed "*)
                echo "$job has failed: see kubectl describe -f $job.yaml; kubectl delete -f $job.yaml to try again" >&2
                exit 1 ;;
            esac
            sleep 5
          done
        done

        """;

    private string[] Working(string[] words) => [.. words, "--workers", $"{place.Cpus}"];

    private string Job(string part, string[] words, string[] spec) => string.Join('\n',
    [
        "apiVersion: batch/v1",
        "kind: Job",
        "metadata:",
        $"  name: {DnsLabel.Of(name)}-{part}",
        "spec:",
        .. spec.Concat(Policy).Select(line => "  " + line),
        "  template:",
        "    spec:",
        "      restartPolicy: Never",
        $"      terminationGracePeriodSeconds: {SecondsToStop}",
        "      containers:",
        "        - name: segpipe",
        $"          image: {Text(place.Image)}",
        "          command:",
        .. words.Select(word => $"            - {Text(Literal(word))}"),
        $"          workingDir: {Text(place.WorkingFolder)}",
        $"          resources: {{ requests: {{ cpu: \"{place.Cpus}\" }} }}",
        $"          volumeMounts: [{{ name: data, mountPath: {Text(place.Mount)} }}]",
        $"      volumes: [{{ name: data, persistentVolumeClaim: {{ claimName: {Text(place.Claim)} }} }}]",
        "",
    ]);

    // Kubernetes replaces $(NAME) in commands, unless the dollar is doubled.
    private static string Literal(string word) => word.Replace("$(", "$$(", StringComparison.Ordinal);

    private static string Text(string text) => JsonSerializer.Serialize(text, Plain);
}
