using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Roam.Terminal;

/// <summary>Writes runs of narrow ASCII into cells, up to sixteen characters at a time; <see cref="FillScalar"/> is the twin that the tests compare with.</summary>
internal static class AsciiCells
{
    private const int Block = 16;

    public static void Fill(ReadOnlySpan<byte> text, Span<Cell> cells, ulong attributes)
    {
        Span<ulong> words = MemoryMarshal.Cast<Cell, ulong>(cells)[..text.Length];
        ulong under = attributes | Cell.Narrow;
        if (!Vector128.IsHardwareAccelerated || text.Length < sizeof(uint))
        {
            FillScalar(text, words, under);
            return;
        }

        if (text.Length < Block)
        {
            FillShort(text, words, Vector128.Create(under));
            return;
        }

        if (Vector256.IsHardwareAccelerated)
        {
            FillWide(text, words, under);
            return;
        }

        ref byte from = ref MemoryMarshal.GetReference(text);
        ref ulong to = ref MemoryMarshal.GetReference(words);
        Vector128<ulong> underAll = Vector128.Create(under);
        nuint last = (nuint)(text.Length - Block);
        for (nuint i = 0; i < last; i += Block)
        {
            FillBlock(ref from, ref to, i, underAll);
        }

        // The last block ends where the text ends and may overlap the one before: cheaper than a loop over the rest.
        FillBlock(ref from, ref to, last, underAll);
    }

    /// <summary>4 to 15 characters: two pieces of eight or of four that may overlap.</summary>
    private static void FillShort(ReadOnlySpan<byte> text, Span<ulong> words, Vector128<ulong> under)
    {
        ref byte from = ref MemoryMarshal.GetReference(text);
        ref ulong to = ref MemoryMarshal.GetReference(words);
        if (text.Length >= sizeof(ulong))
        {
            nuint last = (nuint)(text.Length - sizeof(ulong));
            FillEight(WidenLower(Unsafe.ReadUnaligned<ulong>(ref from)), ref to, 0, under);
            FillEight(WidenLower(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, last))), ref to, last, under);
        }
        else
        {
            nuint last = (nuint)(text.Length - sizeof(uint));
            FillFour(WidenLower(Unsafe.ReadUnaligned<uint>(ref from)), ref to, 0, under);
            FillFour(WidenLower(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, last))), ref to, last, under);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> WidenLower(ulong eight) => Vector128.WidenLower(Vector128.CreateScalar(eight).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillFour(Vector128<ushort> text, ref ulong to, nuint at, Vector128<ulong> under)
    {
        (Vector128<ulong> first, Vector128<ulong> second) = Vector128.Widen(Vector128.WidenLower(text));
        (first | under).StoreUnsafe(ref to, at);
        (second | under).StoreUnsafe(ref to, at + 2);
    }

    /// <summary>The same with vectors of 256 bits.</summary>
    private static void FillWide(ReadOnlySpan<byte> text, Span<ulong> words, ulong under)
    {
        ref byte from = ref MemoryMarshal.GetReference(text);
        ref ulong to = ref MemoryMarshal.GetReference(words);
        Vector256<ulong> underAll = Vector256.Create(under);
        nuint last = (nuint)(text.Length - Block);
        for (nuint i = 0; i < last; i += Block)
        {
            FillWideBlock(ref from, ref to, i, underAll);
        }

        FillWideBlock(ref from, ref to, last, underAll);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillWideBlock(ref byte from, ref ulong to, nuint at, Vector256<ulong> under)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, at));
        (Vector256<ulong> first, Vector256<ulong> second) = Vector256.Widen(Vector256.WidenLower(low.ToVector256Unsafe()));
        (first | under).StoreUnsafe(ref to, at);
        (second | under).StoreUnsafe(ref to, at + 4);
        (first, second) = Vector256.Widen(Vector256.WidenLower(high.ToVector256Unsafe()));
        (first | under).StoreUnsafe(ref to, at + 8);
        (second | under).StoreUnsafe(ref to, at + 12);
    }

    internal static void FillScalar(ReadOnlySpan<byte> text, Span<ulong> words, ulong under)
    {
        for (int i = 0; i < text.Length; i++)
        {
            words[i] = text[i] | under;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillBlock(ref byte from, ref ulong to, nuint at, Vector128<ulong> under)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, at));
        FillEight(low, ref to, at, under);
        FillEight(high, ref to, at + 8, under);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillEight(Vector128<ushort> text, ref ulong to, nuint at, Vector128<ulong> under)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(text);
        (Vector128<ulong> first, Vector128<ulong> second) = Vector128.Widen(low);
        (first | under).StoreUnsafe(ref to, at);
        (second | under).StoreUnsafe(ref to, at + 2);
        (first, second) = Vector128.Widen(high);
        (first | under).StoreUnsafe(ref to, at + 4);
        (second | under).StoreUnsafe(ref to, at + 6);
    }
}
