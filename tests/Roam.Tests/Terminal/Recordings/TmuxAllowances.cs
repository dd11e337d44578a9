using System.Globalization;

namespace Roam.Tests.Terminal;

/// <summary>
/// tmux-differences.txt: where tmux shows something else, and why that is right. A line: RECORDING MARK ROWS: REASON, with * for any mark and all rows.
/// The first line names the version of tmux that it was made with; with that one, an allowance that is not needed is an error.
/// </summary>
internal sealed class TmuxAllowances
{
    private readonly List<Allowance> _all = [];
    private readonly string _version = "";

    public TmuxAllowances()
    {
        foreach (string line in File.ReadLines(Path.Combine(RecordingFiles.Folder, "tmux-differences.txt")))
        {
            if (line.StartsWith("tmux ", StringComparison.Ordinal))
            {
                _version = line;
            }
            else if (line.Length != 0 && line[0] != '#')
            {
                _all.Add(Parse(line));
            }
        }
    }

    public bool Allows(string recording, string mark, int row)
    {
        bool allowed = false;
        foreach (Allowance allowance in _all)
        {
            if (allowance.Recording == recording && (allowance.Mark == "*" || allowance.Mark == mark) && (allowance.Rows.Count == 0 || allowance.Rows.Contains(row)))
            {
                allowance.Uses++;
                allowed = true;
            }
        }

        return allowed;
    }

    /// <summary>Those of this recording that were not needed.</summary>
    public IEnumerable<string> Stale(string recording, string version) => _all.Where(a => version == _version && a.Recording == recording && a.Uses == 0).Select(a => a.Line);

    private static Allowance Parse(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        string[] words = line[..Math.Max(colon, 0)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(words.Length == 3, "not RECORDING MARK ROWS: REASON: " + line);
        HashSet<int> rows = [];
        foreach (string range in words[2].Split(',').Where(r => r != "*"))
        {
            int[] ends = [.. range.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            rows.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }

        return new Allowance(line, words[0], words[1], rows);
    }

    private sealed record Allowance(string Line, string Recording, string Mark, HashSet<int> Rows)
    {
        public int Uses { get; set; }
    }
}
