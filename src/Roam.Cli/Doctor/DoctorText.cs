using System.Text;
using Roam.Host;

namespace Roam.Cli;

/// <summary>The doctor's findings for a person: a word of state, the check, the finding; below, with an arrow, what to do. Fits 80 columns.</summary>
internal sealed class DoctorText(bool isTerminal, bool hasColors)
{
    private const int Width = 80;
    private const int StateWidth = 9;
    private const int NameWidth = 13;
    private const int Indent = StateWidth + NameWidth;

    private bool _showsProgress;

    public static void Title(string text) => StandardStreams.Out(text + "\n");

    /// <summary>On a terminal, until the next finding.</summary>
    public void Progress(string text)
    {
        if (isTerminal && text.Length > 0)
        {
            _showsProgress = true;
            StandardStreams.Out($"\r\e[K... {text}"[..Math.Min(text.Length + 8, Width)]);
        }
    }

    public void Add(string check, Finding finding)
    {
        StringBuilder text = new(_showsProgress ? "\r\e[K" : "");
        _showsProgress = false;
        string state = DoctorJson.StateName(finding.State).PadRight(StateWidth);
        text.Append(hasColors ? Color(finding.State) + state + "\e[m" : state).Append(check.PadRight(NameWidth));
        AppendWrapped(text, finding.Subject.Length > 0 ? $"{finding.Subject}: {finding.Text}" : finding.Text, Indent);
        if (finding.Advice.Length > 0)
        {
            text.Append(' ', Indent).Append("-> ");
            AppendWrapped(text, finding.Advice, Indent + 3);
        }

        StandardStreams.Out(text.ToString());
    }

    private static string Color(CheckState state) => state switch
    {
        CheckState.Ok => "\e[32m",
        CheckState.Warning => "\e[33m",
        CheckState.Failed => "\e[1;31m",
        _ => "\e[2m",
    };

    /// <summary>At spaces; a word that is longer than a line stands alone. What the far side said must not move the cursor.</summary>
    private static void AppendWrapped(StringBuilder text, string line, int indent)
    {
        int column = indent;
        foreach (string raw in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string word = string.Concat(raw.Select(c => char.IsControl(c) ? '?' : c));
            if (column > indent && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', indent);
                column = indent;
            }

            text.Append(column > indent ? " " : "").Append(word);
            column += word.Length + (column > indent ? 1 : 0);
        }

        text.Append('\n');
    }
}
