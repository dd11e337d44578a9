using Roam.Transport;

namespace Roam.Lab;

/// <summary>A congestion controller that lets everything go: what is measured is the layer, not the path.</summary>
internal sealed class FixedWindow : ICongestionController
{
    public int WindowBytes { get; set; } = 4 * 1024 * 1024;

    public long PaceBytesPerSecond { get; set; } = 1L << 40;

    public long ScreenPaceBytesPerSecond => PaceBytesPerSecond;

    public int DatagramBytes(bool isInteractive) => EmptyPath.FullBytes;

    public void TakeAck(Instant now, in AckSample sample)
    {
    }

    public void TakeRoundTrip(Instant now, long micros)
    {
    }

    public void TakeRestart(Instant now)
    {
    }

    public void TakeTimeout(Instant now)
    {
    }

    public void Reset(Instant now)
    {
    }
}
