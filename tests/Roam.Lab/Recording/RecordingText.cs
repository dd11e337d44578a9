using System.Buffers;
using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>
/// Bytes as the JSON strings of a recording, and back, exactly. Whole UTF-8 characters stand as such, controls and invisible ones as \uXXXX; a byte that is not part of
/// a whole valid character (cut by a read, or no UTF-8 at all) stands as \udcXX, the lone surrogate U+DC00 + byte, as in Python's "surrogateescape" (PEP 383).
/// So json.loads(line)[2].encode("utf-8", "surrogateescape") gives the bytes too, and players of asciicast files show a replacement character.
/// </summary>
internal static class RecordingText
{
    private const int ByteEscape = 0xDC00;

    public static void AppendQuoted(StringBuilder line, ReadOnlySpan<byte> bytes)
    {
        line.Append('"');
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == OperationStatus.Done)
            {
                AppendRune(line, rune);
            }
            else
            {
                length = 1;
                AppendEscape(line, ByteEscape + bytes[0]);
            }

            bytes = bytes[length..];
        }

        line.Append('"');
    }

    /// <summary>Reads the quoted string that starts at the position, and moves behind it.</summary>
    public static byte[] ReadQuoted(string line, ref int position)
    {
        if (position >= line.Length || line[position++] != '"')
        {
            throw new FormatException("a string was expected");
        }

        StringBuilder text = new();
        for (; position < line.Length && line[position] != '"'; position++)
        {
            text.Append(line[position] == '\\' ? ReadEscape(line, ref position) : line[position]);
        }

        if (position++ >= line.Length)
        {
            throw new FormatException("a string has no end");
        }

        return Bytes(text);
    }

    private static byte[] Bytes(StringBuilder text)
    {
        string all = text.ToString();
        List<byte> bytes = [];
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0; i < all.Length;)
        {
            if (Rune.TryGetRuneAt(all, i, out Rune rune))
            {
                bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                i += rune.Utf16SequenceLength;
                continue;
            }

            int value = all[i++] - ByteEscape;
            bytes.Add(value is >= 0x80 and <= 0xFF ? (byte)value : throw new FormatException("a lone surrogate that stands for no byte"));
        }

        return [.. bytes];
    }

    private static char ReadEscape(string line, ref int position)
    {
        char kind = ++position < line.Length ? line[position] : '\0';
        if (kind == 'u' && ushort.TryParse(line.AsSpan(Math.Min(position + 1, line.Length), Math.Min(4, line.Length - position - 1)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort unit))
        {
            position += 4;
            return (char)unit;
        }

        return kind switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            '"' or '\\' or '/' => kind,
            _ => throw new FormatException($"'\\{kind}' is no escape of JSON"),
        };
    }

    private static void AppendRune(StringBuilder line, Rune rune)
    {
        switch (rune.Value)
        {
            case '"' or '\\':
                line.Append('\\').Append((char)rune.Value);
                return;
            case '\r':
                line.Append("\\r");
                return;
            case '\n':
                line.Append("\\n");
                return;
            case '\t':
                line.Append("\\t");
                return;
            case '\b':
                line.Append("\\b");
                return;
        }

        bool isInvisible = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
        if (!isInvisible)
        {
            line.Append(rune.ToString());
            return;
        }

        foreach (char unit in rune.ToString())
        {
            AppendEscape(line, unit);
        }
    }

    private static void AppendEscape(StringBuilder line, int unit) => line.Append(CultureInfo.InvariantCulture, $"\\u{unit:x4}");
}
