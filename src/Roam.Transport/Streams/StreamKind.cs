namespace Roam.Transport;

/// <summary>What a stream is for; the numbers of docs/protocol.md, section 8. Others may come from a newer peer.</summary>
public enum StreamKind
{
    None = 0,

    /// <summary>Lines that scrolled off the screen, from server to client. Target: the first line number wanted, as a variable-length integer.</summary>
    History = 1,

    /// <summary>Long texts of selections, from server to client. No target.</summary>
    Selections = 2,
}
