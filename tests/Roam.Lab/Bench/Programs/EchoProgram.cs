namespace Roam.Lab;

/// <summary>Draws each key where <see cref="EchoLayout"/> says, at once, in one write for what one read gave.</summary>
internal static class EchoProgram
{
    public const string Ready = "READY";

    public static int Run()
    {
        RawTerminal.Enter();
        _ = RawTerminal.Write("\e[2J\e[23;1HREADY\e[H"u8);
        byte[] output = new byte[16384];
        int index = 0;
        while (RawTerminal.TryRead(long.MaxValue, out ReadOnlySpan<byte> keys))
        {
            int length = 0;
            foreach (byte key in keys)
            {
                output[length++] = key;
                ReadOnlySpan<byte> next = EchoLayout.MoveAfter(index++);
                next.CopyTo(output.AsSpan(length));
                length += next.Length;
            }

            _ = RawTerminal.Write(output.AsSpan(0, length));
        }

        return 0;
    }
}
