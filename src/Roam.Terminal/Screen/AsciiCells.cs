using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Roam.Terminal;

/// <summary>Writes runs of narrow ASCII into cells, sixteen characters at a time.</summary>
internal static class AsciiCells
{
    private const int Block = 16;

    public static void Fill(ReadOnlySpan<byte> text, Span<Cell> cells, ulong attributes)
    {
        Span<ulong> words = MemoryMarshal.Cast<Cell, ulong>(cells)[..text.Length];
        ulong under = attributes | Cell.Narrow;
        int i = 0;
        if (Vector128.IsHardwareAccelerated && text.Length >= Block)
        {
            Vector128<ulong> underAll = Vector128.Create(under);
            for (; i <= text.Length - Block; i += Block)
            {
                FillBlock(text.Slice(i, Block), words.Slice(i, Block), underAll);
            }

            // The last, partly written block again: overlapping is cheaper than a loop over the rest.
            FillBlock(text[^Block..], words[^Block..], underAll);
            return;
        }

        FillScalar(text, words, under);
    }

    internal static void FillScalar(ReadOnlySpan<byte> text, Span<ulong> words, ulong under)
    {
        for (int i = 0; i < text.Length; i++)
        {
            words[i] = text[i] | under;
        }
    }

    private static void FillBlock(ReadOnlySpan<byte> text, Span<ulong> words, Vector128<ulong> under)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create(text));
        FillEight(low, words[..8], under);
        FillEight(high, words[8..], under);
    }

    private static void FillEight(Vector128<ushort> text, Span<ulong> words, Vector128<ulong> under)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(text);
        (Vector128<ulong> first, Vector128<ulong> second) = Vector128.Widen(low);
        (first | under).CopyTo(words);
        (second | under).CopyTo(words[2..]);
        (first, second) = Vector128.Widen(high);
        (first | under).CopyTo(words[4..]);
        (second | under).CopyTo(words[6..]);
    }
}
