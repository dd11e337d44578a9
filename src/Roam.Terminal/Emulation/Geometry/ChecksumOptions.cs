namespace Roam.Terminal;

/// <summary>XTCHECKSUM (ctlseqs): how the checksum of DECRQCRA differs from that of DEC's terminals. The sixth bit (seven bits of a character only) is for terminals without UTF-8.</summary>
[Flags]
internal enum ChecksumOptions
{
    None = 0,
    NotNegated = 1 << 0,
    NoAttributes = 1 << 1,
    TrailingBlanks = 1 << 2,
    OnlyWritten = 1 << 3,
    WholeCharacters = 1 << 4,
}
