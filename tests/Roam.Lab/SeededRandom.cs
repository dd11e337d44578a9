using System.Buffers.Binary;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): ten lines of our own, so that a seed means the same run with every runtime.</summary>
internal sealed class SeededRandom(ulong seed) : IRandom
{
    private ulong _state = seed;

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below the bound. The bias of the multiplication is below 2^-32 for the bounds that tests use.</summary>
    public int Next(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);

    /// <summary>True this many times in a thousand.</summary>
    public bool Chance(int perMille) => Next(1000) < perMille;

    /// <summary>From 0 to below 1, in steps of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Normal distribution with mean 0 and standard deviation 1 (Box and Muller); two draws a number.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Exponential distribution: the gaps of events that know nothing of each other.</summary>
    public double NextExponential(double mean) => -mean * Math.Log(1 - NextDouble());

    public byte[] NextBytes(int length)
    {
        byte[] bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }

    public void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[8];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextUInt64());
            int count = Math.Min(8, destination.Length);
            word[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }
}
