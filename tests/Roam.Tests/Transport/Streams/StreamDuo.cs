using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>Two ends whose datagrams arrive at once, unless a test takes them away. The clock goes by hand.</summary>
internal sealed class StreamDuo
{
    private const int OverheadBytes = 66;
    private readonly byte[] _buffer = new byte[1500];

    public StreamDuo()
    {
        Client = new StreamSet(Side.Client, Controller);
        Server = new StreamSet(Side.Server, new FixedWindow());
    }

    public FixedWindow Controller { get; } = new();

    public StreamSet Client { get; }

    public StreamSet Server { get; }

    public Instant Now { get; set; } = new(1_000_000);

    public ulong ClientNumber { get; set; } = 1;

    public ulong ServerNumber { get; set; } = 1;

    /// <summary>Payload of the client's datagrams.</summary>
    public int DatagramBytes { get; set; } = 1240;

    /// <summary>Streams in the order in which the client's datagrams have their frames.</summary>
    public List<ulong> Frames { get; } = [];

    public ulong Open(StreamKind kind)
    {
        Assert.True(Client.TryOpen(Now, kind, [1], out ulong id));
        return id;
    }

    /// <summary>One datagram of the client; 0: it has none.</summary>
    public int SendOne(bool arrives = true)
    {
        int length = Client.WriteDatagram(Now, ClientNumber, _buffer.AsSpan(0, DatagramBytes), OverheadBytes);
        if (length == 0)
        {
            return 0;
        }

        FrameReader reader = new(_buffer.AsSpan(0, length));
        while (reader.Read(out StreamFrame frame) == FrameResult.Frame)
        {
            if (frame.Type is FrameType.Stream or FrameType.Datagram)
            {
                Frames.Add(frame.Id);
            }
        }

        if (arrives)
        {
            Server.TakeDatagram(Now, ClientNumber, _buffer.AsSpan(0, length), ServerNumber);
        }

        ClientNumber++;
        return length;
    }

    public int Answer()
    {
        int datagrams = 0;
        for (int length; (length = Server.WriteDatagram(Now, ServerNumber, _buffer.AsSpan(0, 1240), OverheadBytes)) > 0; datagrams++)
        {
            Client.TakeDatagram(Now, ServerNumber++, _buffer.AsSpan(0, length), ClientNumber);
        }

        return datagrams;
    }

    /// <summary>Until both have said all; the events go nowhere, and channels are accepted.</summary>
    public void Run(bool reads = true)
    {
        for (int i = 0; i < 10_000; i++)
        {
            Now = Now.PlusMillis(30);
            int sent = 0;
            while (sent < 100 && SendOne() > 0)
            {
                sent++;
            }

            Poll(reads);
            sent += Answer();
            while (Client.PollChannelEvent(out _) || Client.PollEvent(out _))
            {
            }

            if (sent == 0)
            {
                return;
            }
        }

        Assert.Fail("they never come to rest");
    }

    private void Poll(bool reads)
    {
        while (Server.PollEvent(out StreamEvent e) || Server.PollChannelEvent(out e))
        {
            if (e.Event == StreamEventKind.Opened)
            {
                Server.Accept(e.Id);
            }

            if (reads)
            {
                Server.Consume(e.Id, Server.Peek(e.Id).Length);
            }
        }
    }
}
