using System.Text;

namespace Roam.Host;

/// <summary>The words of the command line as bytes: a file's name need not be UTF-8, and the runtime's strings lose what is none.</summary>
public static class RawArguments
{
    private const string FilePath = "/proc/self/cmdline";
    private const int FileBytesMax = 8 * 1024 * 1024;

    /// <summary>The last words, as many as are given, each character of a result one byte.</summary>
    public static string[] Of(string[] last)
    {
        byte[] all = Libc.ReadFile(FilePath, FileBytesMax) ?? [];
        string[] words = Encoding.Latin1.GetString(all).TrimEnd('\0').Split('\0');
        if (all is not [.., 0] || words.Length <= last.Length)
        {
            return Array.ConvertAll(last, static w => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(w)));
        }

        // An empty word at the end is a zero more.
        int empty = 0;
        while (empty < last.Length && last[^(empty + 1)].Length == 0)
        {
            empty++;
        }

        return [.. words[^(last.Length - empty)..], .. Enumerable.Repeat("", empty)];
    }

    public static byte[] Bytes(string word) => Encoding.Latin1.GetBytes(word);

    public static string Text(string word) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(word));
}
