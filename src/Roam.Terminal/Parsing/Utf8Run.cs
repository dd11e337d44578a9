using System.Buffers.Binary;

namespace Roam.Terminal;

/// <summary>
/// Decodes text in one go: well-formed characters, and short pieces of ASCII between them. What is not plain text ends the run and is left to the parser: controls, malformed sequences, and the
/// last bytes of a buffer. (A decoder without branches is 15 % faster where scripts are mixed at random, and 35 % slower on all text that people write.)
/// </summary>
internal static class Utf8Run
{
    /// <summary>More ASCII than this in one piece is faster by <see cref="IParserHandler.PrintAscii"/>; less of it stands between the words of most scripts.</summary>
    public const int AsciiBetweenMax = 12;

    /// <summary>Returns how many characters were decoded; <paramref name="used"/> is how many bytes they took.</summary>
    public static int Decode(ReadOnlySpan<byte> data, Span<int> codePoints, out int used)
    {
        int count = 0;
        int asciiCount = 0;
        int i = 0;
        while (i + 3 < data.Length && count < codePoints.Length)
        {
            uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(data[i..]);
            uint lead = bytes & 0xFF;
            int codePoint;
            if (lead is >= 0x20 and < 0x7F)
            {
                if (++asciiCount > AsciiBetweenMax)
                {
                    break;
                }

                codePoints[count++] = (int)lead;
                i++;
                continue;
            }

            if ((bytes & 0xC0C0F0) == 0x8080E0)
            {
                codePoint = (int)(((bytes & 0xF) << 12) | ((bytes >> 2) & 0xFC0) | ((bytes >> 16) & 0x3F));
                if (codePoint < 0x800 || (codePoint & 0xF800) == 0xD800)
                {
                    break;
                }

                i += 3;
            }
            else if ((bytes & 0xC0E0) == 0x80C0)
            {
                codePoint = (int)(((bytes & 0x1F) << 6) | ((bytes >> 8) & 0x3F));
                if (codePoint < 0xA0)
                {
                    break;
                }

                i += 2;
            }
            else if ((bytes & 0xC0C0C0F8) == 0x808080F0)
            {
                codePoint = (int)(((bytes & 7) << 18) | ((bytes << 4) & 0x3F000) | ((bytes >> 10) & 0xFC0) | ((bytes >> 24) & 0x3F));
                if (codePoint is < 0x10000 or > 0x10FFFF)
                {
                    break;
                }

                i += 4;
            }
            else
            {
                break;
            }

            asciiCount = 0;
            codePoints[count++] = codePoint;
        }

        used = i;
        return count;
    }
}
