using System.Net.Sockets;

namespace Roam.Tests.Host.Files;

/// <summary>Two ends of one duplex stream, and a way to cut it.</summary>
internal sealed class SocketPair : IDisposable
{
    public SocketPair()
    {
        string path = Path.Combine(Path.GetTempPath(), $"roam-{Guid.NewGuid():N}");
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        Left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Left.Connect(new UnixDomainSocketEndPoint(path));
        Right = listener.Accept();
        File.Delete(path);
    }

    public Socket Left { get; }

    public Socket Right { get; }

    public int LeftFd => (int)Left.Handle;

    public int RightFd => (int)Right.Handle;

    /// <summary>As a network does it: what was sent may or may not have come.</summary>
    public void Cut() => Left.Shutdown(SocketShutdown.Both);

    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
    }
}
