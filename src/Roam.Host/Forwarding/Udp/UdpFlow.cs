using Roam.Transport;

namespace Roam.Host;

/// <summary>One end of datagrams: a socket, whom it speaks to, and the stream to the other end.</summary>
internal sealed record UdpFlow(UdpSocket Socket, PeerAddress Peer, UdpStream Stream);
