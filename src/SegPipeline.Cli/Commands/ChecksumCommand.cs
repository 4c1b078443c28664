using System.CommandLine;
using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe checksum</c>: makes and checks lists of SHA-256, and knows published files by theirs.</summary>
internal static class ChecksumCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) =>
        new("checksum", "make and check lists of SHA-256, and identify published files")
        {
            ChecksumMakeCommand.Create(terminal),
            ChecksumCheckCommand.Create(terminal),
            ChecksumIdentifyCommand.Create(terminal),
        };
}
