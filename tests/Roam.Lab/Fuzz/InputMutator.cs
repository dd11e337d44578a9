namespace Roam.Lab;

/// <summary>Inputs made from the seeds by cutting, joining, repeating and disturbing them, and now and then plain noise.</summary>
internal sealed class InputMutator(IReadOnlyList<byte[]> seeds, SeededRandom random) : IInputSource
{
    /// <summary>Longer inputs are cut: more small ones find more than few large ones.</summary>
    public const int InputBytesMax = 4096;

    private static readonly byte[] Interesting = [0, 7, 8, 9, 10, 13, 14, 24, 27, (byte)';', (byte)':', (byte)'[', (byte)']', (byte)'?', 0x7F, 0x80, 0x9B, 0xC2, 0xE2, 0xF0, 0xFF];

    public byte[] Next()
    {
        List<byte> input = [.. Seed()];
        for (int n = random.Next(6); n > 0; n--)
        {
            Disturb(input);
        }

        return [.. input.Take(InputBytesMax)];
    }

    private byte[] Seed() => random.Chance(100) ? random.NextBytes(random.Next(256)) : seeds[random.Next(seeds.Count)];

    private void Disturb(List<byte> input)
    {
        int at = random.Next(input.Count + 1);
        int length = Math.Min(random.Next(32), input.Count - at);
        switch (random.Next(6))
        {
            case 0:
                input.RemoveRange(at, length);
                break;
            case 1:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 2:
                input.Insert(at, Interesting[random.Next(Interesting.Length)]);
                break;
            case 3 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 4:
                byte[] other = Seed();
                int from = random.Next(other.Length + 1);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(200))]);
                break;
            default:
                input.InsertRange(at, random.NextBytes(random.Next(8)));
                break;
        }
    }
}
