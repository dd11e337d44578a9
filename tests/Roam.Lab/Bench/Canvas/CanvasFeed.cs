using System.Buffers;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>A server's emulator and a painter with native scrollback; what the painter writes is counted.</summary>
internal sealed class CanvasFeed
{
    private readonly Emulator _server;
    private readonly TerminalPainter _painter;
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 20);
    private readonly byte[] _line = new byte[1024];
    private ulong _arrived;

    public CanvasFeed(int width, int height)
    {
        _server = new Emulator(width, height, new EmulatorOptions { HistoryLines = 10_000 });
        TerminalCapabilities capabilities = new() { Colors = 256, TrueColor = true, SynchronizedOutput = true, BackColorErase = true };
        _painter = new TerminalPainter(capabilities, new TerminalPainterOptions { NativeScrollback = true });
        _painter.Resize(width, height);
        _painter.WriteOpen(_bytes, nativeScrollback: true);
    }

    public PendingHistory Pending { get; } = new();

    public void Print(string line)
    {
        int length = Encoding.UTF8.GetBytes(line, _line);
        _server.Write(_line.AsSpan(0, length));
        _server.Write("\r\n"u8);
    }

    public void Receive(int linesLate)
    {
        HistoryLog log = _server.History!;
        ulong end = log.Next - Math.Min(log.Next, (ulong)linesLate);
        for (; _arrived < end; _arrived++)
        {
            _ = log.TryGet(_arrived, out ReadOnlySpan<byte> record);
            _ = Pending.Append(_arrived, record);
        }
    }

    public long Turn(int linesLate)
    {
        Receive(linesLate);
        int largest = 0;
        return Draw(ref largest);
    }

    public long Draw(ref int largest)
    {
        long bytes = 0;
        bool more = true;
        while (more)
        {
            _bytes.ResetWrittenCount();
            more = _painter.Paint(_server.Screen, Pending, _bytes);
            bytes += _bytes.WrittenCount;
            largest = Math.Max(largest, _bytes.WrittenCount);
        }

        return bytes;
    }
}
