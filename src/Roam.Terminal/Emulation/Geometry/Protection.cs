namespace Roam.Terminal;

/// <summary>
/// Which of the two standards for protected characters the program used last. A cell knows only that it is protected; as in xterm this says whether ED, EL and ECH
/// spare it (ECMA-48 guarded areas) or only DECSED, DECSEL and DECSERA do (DEC).
/// </summary>
internal enum Protection : byte
{
    None,
    Dec,
    Iso,
}
