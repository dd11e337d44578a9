using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>A datagram on its way.</summary>
internal sealed record Flight(Instant Arrives, long Order, bool ToServer, PeerAddress From, PeerAddress To, byte[] Datagram);
