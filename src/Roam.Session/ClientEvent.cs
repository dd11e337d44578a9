namespace Roam.Session;

/// <summary>What the host that owns the terminal has to do or know.</summary>
public enum ClientEvent
{
    /// <summary>The first authentic datagram came.</summary>
    Connected,

    /// <summary>Call the painter's Repaint before the next frame: what the terminal shows is not known any more.</summary>
    Repaint,

    /// <summary>The user asked to suspend (escape key, Ctrl-Z): restore the terminal, stop; call <see cref="ClientSession.Resumed"/> afterwards.</summary>
    Suspend,

    /// <summary>The user typed a line about forwardings: <see cref="ClientSession.TypedCommand"/>; <see cref="ClientSession.Notify"/> shows what came of it.</summary>
    Command,

    /// <summary>Open a new source port, keep the old one listening for a while, then call <see cref="ClientSession.HopDone"/>.</summary>
    HopPort,

    /// <summary>More was typed than can be kept while nothing is acknowledged; what came after the limit was dropped. Said once until there is room again.</summary>
    InputLost,

    /// <summary>The server speaks another protocol version.</summary>
    WrongVersion,

    /// <summary>The key may not be used any longer: the session must end at once.</summary>
    KeyExhausted,

    /// <summary>UDP does not answer: make a way through ssh, and go on trying until one is there or <see cref="CarrierUnneeded"/> comes (<see cref="ClientSession.CarrierReady"/>).</summary>
    WantsCarrier,

    /// <summary>UDP is proven to work: the way through ssh may be closed.</summary>
    CarrierUnneeded,

    /// <summary>The session is over: see <see cref="ClientSession.CleanShutdown"/> and <see cref="ClientSession.EverHeard"/>.</summary>
    ShutdownDone,
}
