namespace SegPipeline.Cli.Output;

/// <summary>Asks the person at the terminal.</summary>
/// <param name="terminal">The terminal.</param>
/// <param name="cancel">Cancelled when the person wants to end.</param>
internal sealed class Questions(Terminal terminal, CancellationToken cancel)
{
    /// <summary>Asks until the answer will do.</summary>
    /// <param name="question">The question, without a question mark.</param>
    /// <param name="standard">What an empty answer means; null when there must be one.</param>
    /// <param name="faultOf">Says of an answer what is wrong with it; null when nothing is.</param>
    /// <exception cref="OperationCanceledException">The person wants to end, or the input ended.</exception>
    public async Task<string> AskAsync(string question, string? standard, Func<string, string?> faultOf)
    {
        while (true)
        {
            await terminal.Error.WriteAsync($"{question}{(standard is null ? "" : $" [{standard}]")}: ")
                .ConfigureAwait(false);
            await terminal.Error.FlushAsync(cancel).ConfigureAwait(false);
            string answer = await ReadAsync().ConfigureAwait(false);
            if (answer.Length == 0) answer = standard ?? "";
            if (answer.Length == 0) continue;
            if (faultOf(answer) is not { } fault) return answer;
            terminal.WriteError("", fault);
        }
    }

    /// <summary>Lets the person choose one of several words, by number or by name.</summary>
    /// <param name="question">The question, without a question mark.</param>
    /// <param name="words">The words, each with what it means; nothing where that is plain.</param>
    /// <param name="standard">What an empty answer means.</param>
    /// <param name="faultOf">Says of a word why it cannot be chosen; null when it can.</param>
    public async Task<string> ChooseAsync(string question, IReadOnlyList<(string Word, string Meaning)> words,
        string standard, Func<string, string?>? faultOf = null)
    {
        int width = words.Max(w => w.Word.Length);
        for (int i = 0; i < words.Count; i++)
            terminal.Error.WriteLine($"  {i + 1,2}  {words[i].Word.PadRight(width)}  {words[i].Meaning}".TrimEnd());
        string? Chosen(string answer) => int.TryParse(answer, out int number) && number >= 1 && number <= words.Count
            ? words[number - 1].Word
            : words.Select(w => w.Word).FirstOrDefault(w => w == answer);
        string answer = await AskAsync(question, standard, given => Chosen(given) is { } word
            ? faultOf?.Invoke(word)
            : $"expected a number from 1 to {words.Count}, or one of the words, found '{given}'").ConfigureAwait(false);
        return Chosen(answer)!;
    }

    // A terminal cannot be read from with a token; whoever cancels does not wait for the line.
    private async Task<string> ReadAsync()
    {
        string? line = await Task.Run(terminal.In.ReadLine, CancellationToken.None).WaitAsync(cancel)
            .ConfigureAwait(false);
        return line?.Trim() ?? throw new OperationCanceledException();
    }
}
