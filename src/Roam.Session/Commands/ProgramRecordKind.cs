namespace Roam.Session;

/// <summary>What the control stream of a command without a terminal says (docs/protocol.md, section 8). Other numbers are of later versions, and skipped.</summary>
public enum ProgramRecordKind
{
    /// <summary>The client: send the program's group this signal.</summary>
    Signal = 1,

    /// <summary>The server: the program returned this.</summary>
    Exited = 2,

    /// <summary>The server: this signal killed it.</summary>
    Killed = 3,
}
