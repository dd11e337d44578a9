using System.Numerics;

namespace Roam.Transport;

/// <summary>Buffers of all streams of a connection, of sizes that are powers of two. A stream has one only while it holds bytes.</summary>
internal sealed class BufferPool
{
    internal const int BytesMin = 2048;
    private const int ShiftMin = 11;
    private const int Sizes = 14;

    private readonly Stack<byte[]>?[] _kept = new Stack<byte[]>?[Sizes];

    internal long RentedBytes { get; private set; }

    internal long KeptBytes { get; private set; }

    /// <summary>At least so many bytes, of any content.</summary>
    internal byte[] Rent(int bytes)
    {
        int length = Math.Max(BytesMin, (int)BitOperations.RoundUpToPowerOf2((uint)bytes));
        RentedBytes += length;
        if (_kept[IndexOf(length)]?.TryPop(out byte[]? kept) == true)
        {
            KeptBytes -= length;
            return kept;
        }

        return GC.AllocateUninitializedArray<byte>(length);
    }

    internal void Return(byte[] buffer)
    {
        RentedBytes -= buffer.Length;
        if (KeptBytes + buffer.Length <= StreamLimits.PooledBytesMax)
        {
            KeptBytes += buffer.Length;
            (_kept[IndexOf(buffer.Length)] ??= new Stack<byte[]>()).Push(buffer);
        }
    }

    /// <summary>No stream is open.</summary>
    internal void Clear()
    {
        Array.Clear(_kept);
        KeptBytes = 0;
    }

    /// <summary>What to ask for next time, so that a buffer that fills and empties again and again does not grow step by step each time.</summary>
    internal static int NextBytes(int length, int usedBytes) => usedBytes < length / 4 ? length / 2 : length;

    private static int IndexOf(int length) => BitOperations.Log2((uint)length) - ShiftMin;
}
