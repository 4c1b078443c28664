using System.Text;

namespace SegPipeline.Tests.Conventions;

/// <summary>Finds the calls of segpipe in shell code, as far as documentation uses a shell.</summary>
internal static class ShellLines
{
    /// <summary>The words after the name of the program, call by call.</summary>
    public static IEnumerable<string[]> Of(string shell) =>
        from call in Calls(shell.Replace("\\\n", " ", StringComparison.Ordinal))
        let program = call.FindIndex(word => word == "segpipe" || word.EndsWith("/segpipe", StringComparison.Ordinal))
        where program >= 0 && call[..program].TrueForAll(IsSetting)
        select call[(program + 1)..].ToArray();

    private static int EndOfLine(string shell, int from) =>
        shell.IndexOf('\n', from) is >= 0 and int end ? end : shell.Length;

    private static bool IsSetting(string word) =>
        word is "$" or "time" or "nice" || word.Contains('=', StringComparison.Ordinal);

    private static IEnumerable<List<string>> Calls(string shell)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        bool namesFile = false;
        for (int i = 0; i <= shell.Length; i++)
        {
            char c = i < shell.Length ? shell[i] : '\n';
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word.Append(c);
                continue;
            }
            if (c is '\'' or '"') quote = c;
            else if (c is ' ' or '\n' or ';' or '&' or '|' or '(' or ')' or '>' or '<') End(c);
            else if (c == '#' && word.Length == 0) i = EndOfLine(shell, i) - 1;
            else word.Append(c);
            if (c is '\n' or ';' or '&' or '|' or '(' or ')' && words.Count > 0)
            {
                yield return words;
                words = [];
            }
        }

        void End(char c)
        {
            if (word.Length > 0 && !namesFile) words.Add(word.ToString());
            // Behind > and < stands a file, which is no word of the call.
            if (word.Length > 0) namesFile = false;
            if (c is '>' or '<') namesFile = true;
            word.Clear();
        }
    }
}
