using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>
/// The person at the keyboard, as a file: one step a line (<see cref="KeyStepKind"/>), # begins a remark. Strings take the escapes
/// of <see cref="EscapedText"/>.
/// </summary>
internal static class KeyScript
{
    private const int SettleMillisDefault = 200;

    public static List<KeyStep> Parse(string text)
    {
        List<KeyStep> steps = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length != 0 && line[0] != '#')
            {
                steps.Add(ParseLine(line, i + 1));
            }
        }

        return steps;
    }

    private static KeyStep ParseLine(string line, int number)
    {
        string[] words = line.Split(' ', 2);
        string rest = words.Length > 1 ? words[1].Trim() : "";
        switch (words[0])
        {
            case "keys":
                return new KeyStep(number, KeyStepKind.Keys, Unquote(rest, number), "", 0);
            case "wait":
                return new KeyStep(number, KeyStepKind.Wait, [], Encoding.UTF8.GetString(Unquote(rest, number)), 0);
            case "gone":
                return new KeyStep(number, KeyStepKind.Gone, [], Encoding.UTF8.GetString(Unquote(rest, number)), 0);
            case "settle" when rest.Length == 0:
                return new KeyStep(number, KeyStepKind.Settle, [], "", SettleMillisDefault);
            case "settle" when int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int millis):
                return new KeyStep(number, KeyStepKind.Settle, [], "", millis);
            case "resize" when RecordingEvent.ParseSize(rest) is not null:
                return new KeyStep(number, KeyStepKind.Resize, [], rest, 0);
            case "mark" when rest.Length != 0:
                return new KeyStep(number, KeyStepKind.Mark, [], rest, 0);
            case "end" when rest.Length == 0:
                return new KeyStep(number, KeyStepKind.End, [], "", 0);
            default:
                throw new FormatException($"line {number}: '{line}' is not keys \"TEXT\", wait \"TEXT\", gone \"TEXT\", settle [MS], resize WxH, mark NAME or end");
        }
    }

    private static byte[] Unquote(string text, int number)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
        {
            throw new FormatException($"line {number}: a text in quotes was expected");
        }

        try
        {
            return EscapedText.Unescape(text[1..^1]);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new FormatException($"line {number}: {e.Message}", e);
        }
    }
}
