using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>What a terminal shows against what the session printed.</summary>
internal static partial class CanvasVerdict
{
    /// <summary>Row by row: text, renditions, wraps. Null: all as it should be.</summary>
    public static string? Compare(Emulator server, ICanvasTerminal terminal)
    {
        List<ShownRow> expected = EmulatorTerminal.RowsOf(server, terminal.Detail);
        List<ShownRow> shown = terminal.Rows();
        if (terminal.Detail == RowDetail.Text)
        {
            // Blank rows at the end are not told.
            shown.AddRange(Enumerable.Repeat(default(ShownRow) with { Text = "", Styles = "" }, Math.Max(0, expected.Count + CanvasSession.EarlierLines - shown.Count)));
        }

        if (shown.Count != expected.Count + CanvasSession.EarlierLines)
        {
            return $"{shown.Count - CanvasSession.EarlierLines} rows instead of {expected.Count}; first difference: {FirstDifference(expected, shown)}";
        }

        for (int i = 0; i < CanvasSession.EarlierLines; i++)
        {
            if (shown[i].Text != $"earlier {i}")
            {
                return $"earlier line {i}: {shown[i].Text}";
            }
        }

        return FirstDifference(expected, shown);
    }

    /// <summary>Whether wrapped rows come out as the lines they are. A space where a wide character did not fit is none.</summary>
    public static bool JoinsLike(Emulator server, List<string> lines)
    {
        List<string> expected = [""];
        foreach (ShownRow row in EmulatorTerminal.RowsOf(server))
        {
            expected[^1] += row.Text;
            if (!row.Wrapped)
            {
                expected.Add("");
            }
        }

        IEnumerable<string> shown = lines.Skip(CanvasSession.EarlierLines);
        return WithoutSpaces(shown) == WithoutSpaces(expected);
    }

    private static string WithoutSpaces(IEnumerable<string> lines) => string.Join('\n', lines).Replace(" ", "", StringComparison.Ordinal).TrimEnd('\n');

    /// <summary>Of sessions that print only numbered lines: how many are missing, how many are there again.</summary>
    public static (int Lost, int Doubled) Count(ICanvasTerminal terminal, int lines)
    {
        StringBuilder text = new();
        foreach (ShownRow row in terminal.Rows())
        {
            text.Append(row.Text).Append(row.Wrapped ? "" : "\n");
        }

        HashSet<int> seen = [];
        int doubled = 0;
        foreach (Match match in Numbers().Matches(text.ToString()))
        {
            doubled += seen.Add(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) ? 0 : 1;
        }

        return (lines - seen.Count(number => number < lines), doubled);
    }

    private static string? FirstDifference(List<ShownRow> expected, List<ShownRow> shown)
    {
        for (int i = 0; i < expected.Count && i + CanvasSession.EarlierLines < shown.Count; i++)
        {
            ShownRow actual = shown[i + CanvasSession.EarlierLines];
            if (expected[i] != actual)
            {
                return $"row {i} of {expected.Count}\n  expected {expected[i]}\n  shown    {actual}";
            }
        }

        return null;
    }

    [GeneratedRegex("<([0-9]+)>")]
    private static partial Regex Numbers();
}
