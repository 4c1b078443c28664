using System.CommandLine;
using System.Globalization;
using SegPipeline.Cli.Output;
using SegPipeline.Engine.Sharding;

namespace SegPipeline.Cli.Commands;

/// <summary>Which shard a command works on: <c>--index</c> and <c>--of</c>.</summary>
internal sealed class ShardOptions
{
    private const string FromEnvironment = "env";

    /// <summary>The variables by which batch systems hand out the index: Slurm's array jobs, Kubernetes' indexed
    /// jobs.</summary>
    private static readonly string[] Variables = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];

    private readonly Terminal _terminal;

    private readonly Option<string> _index = new("--index")
    {
        Description = $"which shard, from 0; '{FromEnvironment}': what {string.Join(" or ", Variables)} says",
        HelpName = "number",
        Required = true,
    };

    private readonly Option<int> _of = Numbers.Above(0, "--of", "how many shards there are");

    private ShardOptions(Terminal terminal)
    {
        _terminal = terminal;
        _of.Required = true;
    }

    /// <summary>Adds the options to a command.</summary>
    public static ShardOptions AddTo(Command command, Terminal terminal)
    {
        var options = new ShardOptions(terminal);
        command.Add(options._index);
        command.Add(options._of);
        return options;
    }

    /// <summary>A shard as words of a command line.</summary>
    public static string[] WordsOf(Shard shard) => ["--index", $"{shard.Index}", "--of", $"{shard.Of}"];

    /// <summary>The shard; null when there is no such one, which the user has then been told.</summary>
    public Shard? Of(ParseResult parsed)
    {
        string text = parsed.GetRequiredValue(_index), source = "--index";
        if (text == FromEnvironment)
        {
            var set = Variables.Select(name => (Name: name, Value: _terminal.Variable(name)))
                .Where(v => !string.IsNullOrEmpty(v.Value)).ToArray();
            if (set.Length != 1)
                return Refuse($"--index {FromEnvironment} needs one of {string.Join(" and ", Variables)}, " +
                    (set.Length == 0 ? "neither is set" : "both are set"));
            (source, text) = (set[0].Name, set[0].Value!);
        }
        int of = parsed.GetRequiredValue(_of);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < of)
            return new Shard(index, of);
        return Refuse($"{source} takes a number from 0 to {of - 1} with --of {of}, found '{text}'");
    }

    private Shard? Refuse(string message)
    {
        _terminal.WriteError("", message);
        return null;
    }
}
