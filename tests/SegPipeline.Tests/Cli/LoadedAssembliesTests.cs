using System.Reflection;
using System.Runtime.Loader;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>A command loads only what it needs: start-up is most of the time of a small run.</summary>
public sealed class LoadedAssembliesTests
{
    private static readonly string[] OfSchedules = ["Quartz", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core"];

    [Theory]
    [InlineData("stages", "list")]
    [InlineData("run", "--help")]
    [InlineData("schedule", "--help")]
    public async Task Commands_without_schedules_load_neither_Quartz_nor_SQLite(params string[] args)
    {
        using var context = new FreshCopy();
        await context.RunAsync(args);
        Assert.Contains("System.CommandLine", context.Asked);
        Assert.Empty(context.Asked.Intersect(OfSchedules, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_schedule_loads_Quartz_and_no_database_until_it_is_run()
    {
        using var context = new FreshCopy();
        await context.RunAsync("schedule", "check", Path.Combine(SharedData.Root, "configs", "schedule.yaml"));
        Assert.Contains("Quartz", context.Asked);
        Assert.DoesNotContain("Microsoft.Data.Sqlite", context.Asked);
    }

    /// <summary>The command loaded once more, apart from what other tests have loaded.</summary>
    private sealed class FreshCopy : AssemblyLoadContext, IDisposable
    {
        public FreshCopy() : base(isCollectible: true) { }

        /// <summary>Names of the assemblies that were asked for.</summary>
        public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

        public async Task RunAsync(params string[] args)
        {
            Assembly program = LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "segpipe.dll"));
            object terminal = Activator.CreateInstance(
                program.GetType("SegPipeline.Cli.Output.Terminal")!, new StringWriter(), new StringWriter())!;
            var run = (Task<int>)program.GetType("SegPipeline.Cli.Segpipe")!.GetMethod("InvokeAsync")!
                .Invoke(null, [args, terminal, CancellationToken.None])!;
            await run;
        }

        public void Dispose() => Unload();

        protected override Assembly? Load(AssemblyName name)
        {
            Asked.Add(name.Name!);
            string path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
