namespace Roam.Terminal;

internal enum CapabilityKind
{
    /// <summary>It is there; no value.</summary>
    Flag,
    Text,

    /// <summary>ESC O or ESC [ with a letter, as the program set DECCKM.</summary>
    CursorKey,

    /// <summary>The name of the terminal description.</summary>
    Name,

    /// <summary>How many colours the program was promised.</summary>
    Colors,
}
