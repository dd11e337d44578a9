using Roam.Transport;

namespace Roam.Lab;

/// <summary>One datagram under way.</summary>
internal sealed class SimPacket
{
    public const int BytesMax = 2048;

    public readonly byte[] Bytes = new byte[BytesMax];

    public int Length { get; set; }

    /// <summary>Who it goes to.</summary>
    public Side Destination { get; set; }

    /// <summary>The sender's address as the receiver sees it, or the client's address that the server sent to.</summary>
    public SimAddress Address { get; set; }

    /// <summary>Sequence number under which the sender sealed it.</summary>
    public ulong Sequence { get; set; }

    /// <summary>Cut, changed or invented on the way: must have no effect.</summary>
    public bool IsTampered { get; set; }

    /// <summary>Was delivered before.</summary>
    public bool IsRepeat { get; set; }

    /// <summary>Brought a new state when it was delivered first.</summary>
    public bool WasNews { get; set; }

    public ReadOnlySpan<byte> Datagram => Bytes.AsSpan(0, Length);

    public void CopyFrom(SimPacket other)
    {
        other.Datagram.CopyTo(Bytes);
        Length = other.Length;
        Destination = other.Destination;
        Address = other.Address;
        Sequence = other.Sequence;
        IsTampered = other.IsTampered;
        IsRepeat = other.IsRepeat;
        WasNews = other.WasNews;
    }
}
