namespace Roam.Terminal;

/// <summary>The character sets that can be designated. Others count as ASCII.</summary>
internal enum Charset : byte
{
    Ascii,
    DecSpecialGraphics,
    British,
}
