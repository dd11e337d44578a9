namespace Roam.Transport;

/// <summary>What a stream is for; the numbers of docs/protocol.md, section 8. Others may come from a newer peer.</summary>
public enum StreamKind
{
    None = 0,

    /// <summary>Lines that scrolled off the screen, from server to client. Target: the first line number wanted, as a variable-length integer.</summary>
    History = 1,

    /// <summary>Long texts of selections, from server to client. No target.</summary>
    Selections = 2,

    /// <summary>A connection to be made at the other end, opened by the client. Target: "tcp:HOST:PORT" or "unix:PATH". This one and all above are channels: they need feature 9.</summary>
    Connect = 3,

    /// <summary>A listener at the server that lives as long as the stream. Target: "tcp:BIND:PORT" or "unix:PATH".</summary>
    Listen = 4,

    /// <summary>A connection that came in at a listener, from server to client. Target: the listener's stream id as a variable-length integer, then where it came from.</summary>
    Accepted = 5,

    /// <summary>A program's connection to the agent, from server to client. No target.</summary>
    Agent = 6,

    /// <summary>Datagrams to one address, opened by the client. Target: "udp:HOST:PORT".</summary>
    Udp = 7,

    /// <summary>Standard input and output of a program without a terminal, opened by the client.</summary>
    Program = 8,

    /// <summary>Its standard error.</summary>
    ProgramErrors = 9,

    /// <summary>Signals for it, and how it ended.</summary>
    ProgramControl = 10,
}
