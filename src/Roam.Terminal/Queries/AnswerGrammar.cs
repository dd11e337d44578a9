using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Roam.Terminal;

/// <summary>The form of each answer, and where a beginning of one cannot be told from keys.</summary>
internal static class AnswerGrammar
{
    /// <summary>Highest number of a modifier that is in use (xterm: 1 and the sum of Shift, Alt, Control, Meta).</summary>
    private const int KeyModifierMax = 16;

    private static readonly SearchValues<byte> ParameterBytes = SearchValues.Create("0123456789;"u8);

    /// <summary>Decides on bytes that begin with ESC. A match is one whole answer: what it says is added to the facts.</summary>
    public static AnswerMatch Judge(ReadOnlySpan<byte> bytes, ref TerminalFacts facts, out AnswerKinds kind)
    {
        kind = AnswerKinds.None;
        if (bytes.Length < 3)
        {
            return bytes.Length == 1 || bytes[1] is (byte)'[' or (byte)']' or (byte)'P' ? AnswerMatch.Ambiguous : AnswerMatch.None;
        }

        return (bytes[1], bytes[2]) switch
        {
            ((byte)'[', (byte)'?') => JudgePrivate(bytes[3..], ref facts, out kind),
            ((byte)'[', (byte)'6') => JudgeCellSize(bytes[3..], ref facts, out kind),
            ((byte)']', (byte)'1') => JudgeColor(bytes[3..], ref facts, out kind),
            ((byte)'P', (byte)'>') => JudgeName(bytes[3..], ref facts, out kind),
            _ => AnswerMatch.None,
        };
    }

    /// <summary>
    /// "row;column R", the cursor's place (DSR 6), 1 = top. F3 with a modifier looks like a cursor in row 1 and one of the first columns: that is taken for the key unless the report is awaited.
    /// </summary>
    public static AnswerMatch JudgeCursor(ReadOnlySpan<byte> bytes, bool isAwaited, out int row)
    {
        row = 0;
        if (bytes.Length < 3)
        {
            return bytes.Length == 1 || bytes[1] == '[' ? AnswerMatch.Ambiguous : AnswerMatch.None;
        }

        ReadOnlySpan<byte> rest = bytes[2..];
        int end = rest.IndexOfAnyExcept(ParameterBytes);
        if (bytes[1] != '[' || rest.Count((byte)';') > 1 || end == 0)
        {
            return AnswerMatch.None;
        }

        if (end < 0)
        {
            return AnswerMatch.Ambiguous;
        }

        int semicolon = rest.IndexOf((byte)';');
        bool isReport = rest[end] == 'R' && semicolon > 0 && TryNumber(rest[..semicolon], out row) && TryNumber(rest[(semicolon + 1)..end], out int column)
            && row > 0 && (isAwaited || row > 1 || column > KeyModifierMax);
        return isReport ? AnswerMatch.Whole : AnswerMatch.None;
    }

    /// <summary>No key begins with CSI ?. DA1 "64;1c", keyboard flags "0u", DECRPM "2026;2$y".</summary>
    private static AnswerMatch JudgePrivate(ReadOnlySpan<byte> rest, ref TerminalFacts facts, out AnswerKinds kind)
    {
        kind = AnswerKinds.None;
        int end = rest.IndexOfAnyExcept(ParameterBytes);
        if (end < 0)
        {
            return AnswerMatch.Partial;
        }

        ReadOnlySpan<byte> parameters = rest[..end];
        if (rest[end] == '$' && end == rest.Length - 1)
        {
            return AnswerMatch.Partial;
        }

        if (rest[end] == 'c')
        {
            kind = AnswerKinds.DeviceAttributes;
            facts = facts with { DeviceAttributes = Encoding.ASCII.GetString(parameters), IsComplete = true };
        }
        else if (rest[end] == 'u' && TryNumber(parameters, out int flags))
        {
            kind = AnswerKinds.KeyboardFlags;
            facts = facts with { KeyboardFlags = flags };
        }
        else if (rest[end..].SequenceEqual("$y"u8))
        {
            kind = JudgeMode(parameters, ref facts);
        }

        return kind == AnswerKinds.None ? AnswerMatch.None : AnswerMatch.Whole;
    }

    /// <summary>0: not known, 1: set, 2: reset, 3: always set, 4: always reset. Update frames must be switchable; clusters may be always on.</summary>
    private static AnswerKinds JudgeMode(ReadOnlySpan<byte> parameters, ref TerminalFacts facts)
    {
        int semicolon = parameters.IndexOf((byte)';');
        if (semicolon < 0 || !TryNumber(parameters[..semicolon], out int mode) || !TryNumber(parameters[(semicolon + 1)..], out int state))
        {
            return AnswerKinds.None;
        }

        switch (mode)
        {
            case 2026:
                facts = facts with { SynchronizedOutput = state is 1 or 2 };
                return AnswerKinds.SynchronizedOutput;
            case 2027:
                facts = facts with { GraphemeClusters = state is 1 or 2 or 3 };
                return AnswerKinds.GraphemeClusters;
            case 2031:
                facts = facts with { ColorSchemeReports = state is 1 or 2 };
                return AnswerKinds.ColorSchemeReports;
            default:
                return AnswerKinds.None;
        }
    }

    /// <summary>"6;height;width t". Page Down with a modifier begins like it: "6;5~".</summary>
    private static AnswerMatch JudgeCellSize(ReadOnlySpan<byte> rest, ref TerminalFacts facts, out AnswerKinds kind)
    {
        kind = AnswerKinds.None;
        if (rest.IsEmpty)
        {
            return AnswerMatch.Ambiguous;
        }

        int end = rest.IndexOfAnyExcept(ParameterBytes);
        if (rest[0] != ';' || rest.Count((byte)';') > 2)
        {
            return AnswerMatch.None;
        }

        int second = rest[1..].IndexOf((byte)';') + 1;
        if (end < 0)
        {
            return second == 0 ? AnswerMatch.Ambiguous : AnswerMatch.Partial;
        }

        if (rest[end] != 't' || second == 0 || !TryNumber(rest[1..second], out int height) || !TryNumber(rest[(second + 1)..end], out int width))
        {
            return AnswerMatch.None;
        }

        kind = AnswerKinds.CellSize;
        facts = facts with { CellWidth = width, CellHeight = height };
        return AnswerMatch.Whole;
    }

    /// <summary>"0;rgb:ffff/ffff/ffff", ended by BEL or ST.</summary>
    private static AnswerMatch JudgeColor(ReadOnlySpan<byte> rest, ref TerminalFacts facts, out AnswerKinds kind)
    {
        kind = AnswerKinds.None;
        if (rest.Length < 2)
        {
            return rest.IsEmpty || rest[0] is (byte)'0' or (byte)'1' ? AnswerMatch.Ambiguous : AnswerMatch.None;
        }

        if (rest[0] is not ((byte)'0' or (byte)'1') || rest[1] != ';')
        {
            return AnswerMatch.None;
        }

        AnswerMatch match = FindEnd(rest[2..], bellEnds: true, out ReadOnlySpan<byte> text);
        if (match == AnswerMatch.Whole)
        {
            bool isForeground = rest[0] == '0';
            kind = isForeground ? AnswerKinds.Foreground : AnswerKinds.Background;
            Color? color = TryColor(text);
            facts = isForeground ? facts with { Foreground = color } : facts with { Background = color };
        }

        return match;
    }

    /// <summary>"|name and version", ended by ST.</summary>
    private static AnswerMatch JudgeName(ReadOnlySpan<byte> rest, ref TerminalFacts facts, out AnswerKinds kind)
    {
        kind = AnswerKinds.None;
        if (rest.IsEmpty)
        {
            return AnswerMatch.Ambiguous;
        }

        if (rest[0] != '|')
        {
            return AnswerMatch.None;
        }

        AnswerMatch match = FindEnd(rest[1..], bellEnds: false, out ReadOnlySpan<byte> text);
        if (match == AnswerMatch.Whole)
        {
            kind = AnswerKinds.Name;
            facts = facts with { Name = Encoding.UTF8.GetString(text) };
        }

        return match;
    }

    /// <summary>A string holds no control character but its end.</summary>
    private static AnswerMatch FindEnd(ReadOnlySpan<byte> rest, bool bellEnds, out ReadOnlySpan<byte> text)
    {
        int end = rest.IndexOfAnyInRange((byte)0, (byte)0x1F);
        text = end < 0 ? default : rest[..end];
        if (end < 0)
        {
            return AnswerMatch.Partial;
        }

        ReadOnlySpan<byte> tail = rest[end..];
        if (bellEnds && tail[0] == '\a')
        {
            return AnswerMatch.Whole;
        }

        return tail[0] != '\e' ? AnswerMatch.None : tail.Length == 1 ? AnswerMatch.Partial : tail[1] == '\\' ? AnswerMatch.Whole : AnswerMatch.None;
    }

    /// <summary>"rgb:r/g/b" or "rgba:r/g/b/a" with one to four hexadecimal digits each (XParseColor).</summary>
    private static Color? TryColor(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon < 0 || !text.StartsWith("rgb"u8))
        {
            return null;
        }

        Span<byte> parts = stackalloc byte[3];
        text = text[(colon + 1)..];
        for (int i = 0; i < parts.Length; i++)
        {
            int end = text.IndexOf((byte)'/');
            ReadOnlySpan<byte> digits = end < 0 ? text : text[..end];
            if (digits.Length is 0 or > 4 || !Utf8Parser.TryParse(digits, out uint value, out int used, 'x') || used != digits.Length)
            {
                return null;
            }

            parts[i] = (byte)(value * 255 / ((1u << (4 * digits.Length)) - 1));
            text = end < 0 ? default : text[(end + 1)..];
        }

        return Color.Rgb(parts[0], parts[1], parts[2]);
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out int used) && used == digits.Length;
}
