namespace Roam.Transport;

/// <summary>What became of one datagram. Everything from <see cref="TooShort"/> on changed nothing.</summary>
public enum ReceiveResult
{
    /// <summary>A new newest state was stored.</summary>
    NewState,

    /// <summary>Authentic; nothing new in it (an acknowledgement, a repeat, a part of an instruction).</summary>
    Accepted,

    /// <summary>Authentic, but its content was malformed, contradictory or refused: counted and dropped.</summary>
    Dropped,
    TooShort,
    NotAuthentic,
    WrongDirection,
}
