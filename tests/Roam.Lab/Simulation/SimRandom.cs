using System.Buffers.Binary;
using System.Numerics;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>xoshiro256** seeded by splitmix64 (Blackman and Vigna): the same numbers on every machine and in every version of .NET.</summary>
internal sealed class SimRandom : IRandom
{
    private ulong _s0, _s1, _s2, _s3;

    public SimRandom(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>A generator of its own for one part of the simulation: more draws in one part do not change the others.</summary>
    public SimRandom Fork() => new(NextUInt64());

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>0 .. bound - 1.</summary>
    public int Below(int bound) => (int)(((UInt128)NextUInt64() * (uint)bound) >> 64);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public long BetweenMicros(long low, long high) => low + (long)(((UInt128)NextUInt64() * (ulong)(high - low + 1)) >> 64);

    public bool Chance(int perMille) => Below(1000) < perMille;

    /// <summary>
    /// An exponential draw by von Neumann's comparisons of even draws: no logarithm, whose last bit may differ between machines.
    /// </summary>
    public long ExponentialMicros(long meanMicros)
    {
        for (long whole = 0; ; whole++)
        {
            ulong first = NextUInt64();
            ulong last = first;
            int falls = 1;
            for (ulong next = NextUInt64(); next < last; next = NextUInt64())
            {
                last = next;
                falls++;
            }

            if (falls % 2 == 1)
            {
                return (whole * meanMicros) + (long)(((UInt128)first * (ulong)meanMicros) >> 64);
            }
        }
    }

    /// <summary>Nearly normal, mean 0: the sum of twelve even draws, which has a deviation of 1 and ends at 6 of them.</summary>
    public long NormalMicros(long deviationMicros)
    {
        long sum = 0;
        for (int i = 0; i < 12; i++)
        {
            sum += BetweenMicros(0, deviationMicros);
        }

        return sum - (6 * deviationMicros);
    }

    /// <summary>Mostly small, sometimes near the bound: the square of an even draw.</summary>
    public int SmallBelow(int bound)
    {
        long x = Below(1 << 16);
        return (int)((x * x * bound) >> 32);
    }

    public void Fill(Span<byte> destination)
    {
        while (destination.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination, NextUInt64());
            destination = destination[sizeof(ulong)..];
        }

        ulong rest = NextUInt64();
        foreach (ref byte b in destination)
        {
            b = (byte)rest;
            rest >>= 8;
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
