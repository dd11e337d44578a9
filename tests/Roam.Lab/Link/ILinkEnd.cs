namespace Roam.Lab;

/// <summary>Where a link takes packets in and puts them out: a TUN device, or a socket that stands in for one. Neither call blocks, allocates or throws.</summary>
internal interface ILinkEnd : IDisposable
{
    /// <summary>For poll.</summary>
    int Fd { get; }

    /// <summary>What the packet weighs beyond what is read here: a socket gives the payload without its IP and UDP headers.</summary>
    int HeaderBytes { get; }

    /// <summary>0: nothing waits.</summary>
    int Read(Span<byte> packet);

    void Write(ReadOnlySpan<byte> packet);

    /// <summary>The port of the far program that the packet belongs to, whichever way it goes; 0: none.</summary>
    int FarPort(ReadOnlySpan<byte> packet, bool up);
}
