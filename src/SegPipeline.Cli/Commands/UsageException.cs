namespace SegPipeline.Cli.Commands;

/// <summary>A command line that can be parsed asks for what cannot be; a command ends with exit code 2.</summary>
/// <param name="message">What is wrong, as a sentence without a full stop.</param>
internal sealed class UsageException(string message) : Exception(message);
