using System.Text;

namespace Roam.Lab;

/// <summary>A small number for each code point, as two constant arrays: a page for the upper bits, then a few bits in that page; equal pages are kept once.</summary>
internal static class TwoStageTable
{
    public const int CodePoints = 0x110000;

    private const int PageCodePoints = 256;
    private const int BytesPerLine = 24;

    /// <summary>Writes "PageIndex" and "Pages" as members of a class.</summary>
    public static void Append(StringBuilder text, Func<int, int> valueOf, int bitsPerValue)
    {
        List<byte[]> pages = [];
        byte[] index = new byte[CodePoints / PageCodePoints];
        for (int page = 0; page < index.Length; page++)
        {
            index[page] = checked((byte)IndexOf(pages, PageAt(page, valueOf, bitsPerValue)));
        }

        AppendBytes(text, "PageIndex", index);
        text.Append('\n');
        AppendBytes(text, "Pages", [.. pages.SelectMany(static p => p)]);
    }

    private static byte[] PageAt(int page, Func<int, int> valueOf, int bitsPerValue)
    {
        int perByte = 8 / bitsPerValue;
        byte[] bytes = new byte[PageCodePoints / perByte];
        for (int i = 0; i < PageCodePoints; i++)
        {
            bytes[i / perByte] |= (byte)(valueOf((page * PageCodePoints) + i) << (i % perByte * bitsPerValue));
        }

        return bytes;
    }

    private static int IndexOf(List<byte[]> pages, byte[] page)
    {
        int found = pages.FindIndex(p => p.AsSpan().SequenceEqual(page));
        if (found < 0)
        {
            found = pages.Count;
            pages.Add(page);
        }

        return found;
    }

    private static void AppendBytes(StringBuilder text, string name, byte[] bytes)
    {
        text.Append($"    private static ReadOnlySpan<byte> {name} =>\n    [\n");
        for (int i = 0; i < bytes.Length; i += BytesPerLine)
        {
            text.Append("        ").AppendJoin(", ", bytes.Skip(i).Take(BytesPerLine)).Append(",\n");
        }

        text.Append("    ];\n");
    }
}
