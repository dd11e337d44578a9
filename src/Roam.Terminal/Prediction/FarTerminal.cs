namespace Roam.Terminal;

/// <summary>
/// What a Roam server says of the program's terminal beside the picture, as it stood when the screen was made: the flags of the pty (termios ICANON and ECHO)
/// and which screen buffer is shown. A stock server says none of it.
/// </summary>
/// <param name="IsKnown">False: the rest means nothing.</param>
/// <param name="IsCanonical">The kernel edits lines: the program reads whole ones.</param>
/// <param name="Echoes">The kernel echoes what is typed.</param>
/// <param name="IsAlternateScreen">The program has switched to the alternate screen.</param>
public readonly record struct FarTerminal(bool IsKnown, bool IsCanonical, bool Echoes, bool IsAlternateScreen)
{
    public static readonly FarTerminal Unknown;

    private const uint KnownBit = 1;
    private const uint CanonicalBit = 2;
    private const uint EchoBit = 4;
    private const uint AlternateBit = 8;

    /// <summary>As it goes on the wire (docs/protocol.md, section 8); 0: unknown.</summary>
    public uint Bits => IsKnown ? KnownBit | (IsCanonical ? CanonicalBit : 0) | (Echoes ? EchoBit : 0) | (IsAlternateScreen ? AlternateBit : 0) : 0;

    /// <summary>A line is read that nobody is to see: sudo, ssh, su, passwd, getpass, read -s.</summary>
    public bool ReadsSecret => IsKnown && IsCanonical && !Echoes;

    /// <summary>Bits of a later version are ignored; without the first one nothing is known.</summary>
    public static FarTerminal FromBits(uint bits) =>
        (bits & KnownBit) == 0 ? Unknown : new FarTerminal(true, (bits & CanonicalBit) != 0, (bits & EchoBit) != 0, (bits & AlternateBit) != 0);
}
