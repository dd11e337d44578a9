namespace Roam.Lab;

/// <summary>A binary file on the terminal: random bytes, with many escapes among them, none of the secret letters.</summary>
internal sealed class NoiseProgram(SimRandom random) : SimProgram(random)
{
    private static readonly byte[] Spice = "\e[;0123456789?HJKmrhlABCDLMP@Xd\r\n\b\t]"u8.ToArray();

    protected override void OnStart(long nowMicros) => NextTickMicros = nowMicros + 5000;

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys) => WriteNoise(nowMicros, 64);

    protected override void OnTick(long nowMicros)
    {
        if (!IsResting)
        {
            WriteNoise(nowMicros, Random.SmallBelow(4096));
            NextTickMicros = nowMicros + Random.Between(10_000, 400_000);
        }
    }

    private void WriteNoise(long nowMicros, int length)
    {
        byte[] bytes = new byte[length];
        Random.Fill(bytes);
        for (int i = 0; i < length; i++)
        {
            if (Random.Below(3) == 0)
            {
                bytes[i] = Spice[Random.Below(Spice.Length)];
            }

            if (SecretAlphabet.Contains((char)bytes[i], StringComparison.Ordinal))
            {
                bytes[i] = (byte)'.';
            }
        }

        Write(nowMicros, 1000, bytes);
    }
}
