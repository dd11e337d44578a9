using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>Bytes written down by hand: UTF-8 text with \e \a \b \t \n \r \\ \" \xHH (one byte) \u{HEX} (one character).</summary>
internal static class EscapedText
{
    public static byte[] Unescape(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                int length = char.IsHighSurrogate(text[i]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
                continue;
            }

            switch (text[++i])
            {
                case 'x':
                    bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                    break;
                case 'u':
                    int close = text.IndexOf('}', i);
                    int codePoint = int.Parse(text.AsSpan(i + 2, close - i - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    bytes.AddRange(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(codePoint)));
                    i = close;
                    break;
                default:
                    bytes.Add(Control(text[i]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte Control(char kind) => kind switch
    {
        'e' => 0x1B,
        'a' => 0x07,
        'b' => 0x08,
        't' => 0x09,
        'n' => 0x0A,
        'r' => 0x0D,
        '"' or '\\' => (byte)kind,
        _ => throw new FormatException($"'\\{kind}' is no escape"),
    };
}
