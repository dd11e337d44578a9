using System.Buffers;
using System.Globalization;
using System.Text;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal.Display;

/// <summary>A server, a painter with native scrollback and the user's terminal, side by side.</summary>
internal sealed class CanvasScene
{
    public static readonly TerminalCapabilities Capabilities = TerminalCapabilities.Default with { Colors = 256, BackColorErase = true };

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private ulong _arrived;

    public CanvasScene(int width, int height)
    {
        Server = new Emulator(width, height, new EmulatorOptions { HistoryLines = 10_000 });
        User = new Emulator(width, height, new EmulatorOptions { HistoryLines = 10_000 });
        Painter = new TerminalPainter(Capabilities, new TerminalPainterOptions { NativeScrollback = true, TitlePrefix = "" });
        Painter.Resize(width, height);
    }

    public Emulator Server { get; }

    public Emulator User { get; }

    public TerminalPainter Painter { get; }

    public PendingHistory Pending { get; } = new();

    public void Open()
    {
        Painter.WriteOpen(_bytes, nativeScrollback: true);
        _ = Sent();
        _ = Paint();
    }

    /// <summary>The program prints, its lines and the frame arrive at once. What was written to the terminal.</summary>
    public string Turn(string output)
    {
        Server.Write(Encoding.UTF8.GetBytes(output));
        Receive();
        return Paint();
    }

    public void Receive(int lines = int.MaxValue)
    {
        for (int i = 0; i < lines && _arrived < Server.History!.Next; i++, _arrived++)
        {
            _ = Server.History.TryGet(_arrived, out ReadOnlySpan<byte> record);
            Assert.True(Pending.Append(_arrived, record));
        }
    }

    public string Paint() => Paint(Server.Screen);

    public string Paint(Screen frame)
    {
        while (Painter.Paint(frame, Pending, _bytes))
        {
        }

        return Sent();
    }

    public string PaintOnce(out bool more)
    {
        more = Painter.Paint(Server.Screen, Pending, _bytes);
        return Sent();
    }

    public string PaintLast()
    {
        Painter.PaintLast(Server.Screen, Pending, _bytes);
        return Sent();
    }

    public string Close()
    {
        Painter.WriteClose(_bytes);
        return Sent();
    }

    /// <summary>The user's scrollback and screen; "→" ends a row that goes on in the next.</summary>
    public string[] Rows() => [.. EmulatorTerminal.RowsOf(User).Select(row => row.Text + (row.Wrapped ? "→" : ""))];

    public static string Numbers(int from, int count) =>
        string.Concat(Enumerable.Range(from, count).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\r\n"));

    private string Sent()
    {
        string sent = Encoding.UTF8.GetString(_bytes.WrittenSpan);
        User.Write(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
        return sent;
    }
}
