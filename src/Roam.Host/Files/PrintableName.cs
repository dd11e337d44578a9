using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>A file's name as text for a terminal: what is no printable UTF-8 is written as ls and bash write it (\n, \x1b), so a name cannot send control sequences.</summary>
public static class PrintableName
{
    private const int DeleteCharacter = 0x7F;
    private const int LastC1 = 0x9F;

    public static string Of(ReadOnlySpan<byte> name)
    {
        StringBuilder text = new(name.Length);
        while (!name.IsEmpty)
        {
            bool isGood = Rune.DecodeFromUtf8(name, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (isGood && !IsControl(rune.Value))
            {
                _ = text.Append(rune.ToString());
            }
            else if (name[0] == (byte)'\n')
            {
                _ = text.Append("\\n");
            }
            else
            {
                foreach (byte b in name[..length])
                {
                    _ = text.Append("\\x").Append(b.ToString("x2", CultureInfo.InvariantCulture));
                }
            }

            name = name[length..];
        }

        return text.ToString();
    }

    /// <summary>C0, DEL, C1, and the characters that turn the direction of writing or break lines (UAX 9, U+2028).</summary>
    private static bool IsControl(int value) =>
        value < ' ' || value is (>= DeleteCharacter and <= LastC1) or 0x061C or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
