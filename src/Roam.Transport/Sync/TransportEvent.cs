namespace Roam.Transport;

/// <summary>What the connection's PollEvent reports to the layer above.</summary>
public enum TransportEvent
{
    /// <summary>The newest remote state changed.</summary>
    RemoteChanged,

    /// <summary>The server took a new address for its client.</summary>
    PeerRoamed,

    /// <summary>The server forgot its client's address after 40 s of silence.</summary>
    PeerSilent,

    /// <summary>The client should open a new source port (and keep the old ones listening for a while).</summary>
    HopPort,

    /// <summary>The peer asked for the end.</summary>
    PeerShutdown,

    /// <summary>The end is agreed or given up: nothing more will be sent.</summary>
    ShutdownDone,

    /// <summary>The peer speaks another protocol version (reported once).</summary>
    WrongVersion,

    /// <summary>The key's block limit (2^47) or the sequence counter is used up: the session must end.</summary>
    KeyExhausted,

    /// <summary>UDP does not answer: the host should make a way through ssh (<see cref="SspConnection{TLocal, TRemote}.CarrierReady"/>).</summary>
    WantsCarrier,

    /// <summary>UDP is proven to work: the host may close the way through ssh.</summary>
    CarrierUnneeded,
}
