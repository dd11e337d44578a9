using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>A client's and a server's hub in one process: datagrams go from hand to hand in virtual time, descriptors are real.</summary>
internal sealed class ChannelPair : IDisposable
{
    private Instant _now = new(1_000_000);

    public ChannelEnd Client { get; } = new(Side.Client);

    public ChannelEnd Server { get; } = new(Side.Server);

    public Instant Now => _now;

    /// <summary>One turn of both loops, some milliseconds later.</summary>
    public void Turn(int millis = 5)
    {
        _now = _now.PlusMillis(millis);
        Client.Turn(_now);
        Server.Turn(_now);
        Client.CarryTo(Server, _now);
        Server.CarryTo(Client, _now);
    }

    /// <summary>Turns until it is so; fails after 30 s of real time.</summary>
    public void Until(Func<bool> isSo)
    {
        Instant deadline = Poller.Deadline;
        while (!isSo())
        {
            Assert.True(SystemClock.Now < deadline, "it did not come to that within 30 s");
            Turn();
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
