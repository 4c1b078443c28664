namespace SegPipeline.Cli;

/// <summary>
/// Lets a command end in order when its standard input does. A program that starts us and keeps the other end of the
/// input open so ends us by closing it, and by ending itself, however suddenly; no signal can say as much everywhere.
/// </summary>
internal static class EndOfInput
{
    /// <summary>The variable of the environment that asks for it, with the value 1.</summary>
    public const string Variable = "SEGPIPE_STOP_AT_END_OF_INPUT";

    /// <summary>Waits for the end of the input on a thread of its own, if that was asked for.</summary>
    public static void CancelAt(CancellationTokenSource cancel)
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1") return;
        // Not handed down to programs that this one starts.
        Environment.SetEnvironmentVariable(Variable, null);
        new Thread(() =>
        {
            using Stream input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0) { }
            cancel.Cancel();
        })
        { IsBackground = true, Name = "end of input" }.Start();
    }
}
