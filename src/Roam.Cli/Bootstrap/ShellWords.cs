using System.Text;

namespace Roam.Cli;

/// <summary>Splitting a command as a POSIX shell does (XCU 2.2, quoting; no expansions), and quoting a word so that any POSIX shell gives it back.</summary>
internal static class ShellWords
{
    /// <summary>False: a quote is left open, or a backslash stands at the end.</summary>
    public static bool TrySplit(string text, out List<string> words)
    {
        words = [];
        StringBuilder word = new();
        bool inWord = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is ' ' or '\t' or '\n')
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                }

                continue;
            }

            inWord = true;
            if (!TryTakeOne(text, ref i, word))
            {
                return false;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return true;
    }

    /// <summary>Takes a character, an escaped one, or a whole quoted run, and leaves i on its last character.</summary>
    private static bool TryTakeOne(string text, ref int i, StringBuilder word)
    {
        char c = text[i];
        if (c is not ('\'' or '"' or '\\'))
        {
            word.Append(c);
            return true;
        }

        i++;
        for (; i < text.Length; i++)
        {
            if (c == '\\')
            {
                word.Append(text[i]);
                return true;
            }

            if (text[i] == c)
            {
                return true;
            }

            // Inside double quotes a backslash escapes only these.
            if (c == '"' && text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`')
            {
                i++;
            }

            word.Append(text[i]);
        }

        return false;
    }

    public static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    public static string QuoteAll(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));
}
