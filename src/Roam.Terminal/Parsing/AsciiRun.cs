using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Roam.Terminal;

/// <summary>How much text is at the start of a buffer; <see cref="LengthScalar"/> is the twin that the tests compare with.</summary>
internal static class AsciiRun
{
    private const byte First = 0x20;
    private const byte Last = 0x7E;

    /// <summary>The number of U+0020-7E before the first other byte. In line: most runs are short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ReadOnlySpan<byte> data)
    {
        ref byte start = ref MemoryMarshal.GetReference(data);
        int i = 0;
        for (; Vector128.IsHardwareAccelerated && i <= data.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<byte> fromFirst = Vector128.LoadUnsafe(ref start, (nuint)i) - Vector128.Create(First);
            uint others = Vector128.GreaterThan(fromFirst, Vector128.Create((byte)(Last - First))).ExtractMostSignificantBits();
            if (others != 0)
            {
                return i + BitOperations.TrailingZeroCount(others);
            }
        }

        return i + LengthScalar(data[i..]);
    }

    internal static int LengthScalar(ReadOnlySpan<byte> data)
    {
        int i = 0;
        while (i < data.Length && data[i] is >= First and <= Last)
        {
            i++;
        }

        return i;
    }
}
