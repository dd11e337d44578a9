using Roam.Transport;

namespace Roam.Session;

/// <summary>One report of <see cref="ServerSession.PollEvent"/>. Width and height are set for <see cref="ServerEventKind.StartProgram"/> and <see cref="ServerEventKind.Resize"/>.</summary>
public readonly record struct ServerEvent(ServerEventKind Kind, int Width, int Height, PeerAddress Address);
