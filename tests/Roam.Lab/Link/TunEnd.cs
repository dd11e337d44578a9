using Roam.Host;

namespace Roam.Lab;

/// <summary>A TUN device in a network namespace, without packet information: a read is one IP packet.</summary>
internal sealed unsafe class TunEnd : ILinkEnd
{
    private TunEnd(int fd) => Fd = fd;

    public int Fd { get; private set; }

    public int HeaderBytes => 0;

    public static TunEnd Open(string namespaceName, string device) => new(NamespaceThread.Run(namespaceName, () => OpenHere(device)));

    public int Read(Span<byte> packet)
    {
        fixed (byte* start = packet)
        {
            return (int)Math.Max(0, Libc.read(Fd, start, packet.Length));
        }
    }

    /// <summary>A device that is down or full loses the packet, as an interface does.</summary>
    public void Write(ReadOnlySpan<byte> packet)
    {
        fixed (byte* start = packet)
        {
            _ = Libc.write(Fd, start, packet.Length);
        }
    }

    public int FarPort(ReadOnlySpan<byte> packet, bool up) => IpPacket.Port(packet, destination: up);

    public void Dispose()
    {
        if (Fd >= 0)
        {
            _ = Libc.close(Fd);
            Fd = -1;
        }
    }

    private static int OpenHere(string device)
    {
        int fd = Libc.open("/dev/net/tun", Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        Libc.InterfaceRequest request = new() { Flags = Libc.IFF_TUN | Libc.IFF_NO_PI };
        for (int i = 0; i < device.Length; i++)
        {
            request.Name[i] = (byte)device[i];
        }

        return fd >= 0 && Libc.ioctl(fd, Libc.TUNSETIFF, &request) == 0 ? fd : throw new InvalidOperationException($"/dev/net/tun: {Libc.ErrorText(Libc.Errno)}");
    }
}
