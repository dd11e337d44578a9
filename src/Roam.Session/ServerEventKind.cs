namespace Roam.Session;

/// <summary>What the host that owns the pty has to know.</summary>
public enum ServerEventKind
{
    /// <summary>The first authentic datagram came: start the program, in the size given (the client's window if it is already known).</summary>
    StartProgram,

    /// <summary>Set the pty's window size.</summary>
    Resize,

    /// <summary>A client is there, for the first time or after a silence.</summary>
    ClientConnected,

    /// <summary>The client speaks from another address.</summary>
    ClientRoamed,

    /// <summary>Nothing heard for 40 s: the address is forgotten.</summary>
    ClientSilent,

    /// <summary>The client asked for the end: hang up on the program.</summary>
    PeerShutdown,

    /// <summary>The session is over; nothing more will be sent.</summary>
    Finished,

    /// <summary>The key may not be used any longer: the session must end at once.</summary>
    KeyExhausted,

    /// <summary>With <see cref="ServerSessionOptions.Verify"/>: a diff did not give the screen it should (counted in <see cref="ServerSession.VerifyFailures"/>).</summary>
    VerifyFailed,
}
