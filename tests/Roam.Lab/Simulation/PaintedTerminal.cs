using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>The user's terminal: what the painter writes, read by an emulator of its own.</summary>
internal sealed class PaintedTerminal
{
    private readonly TerminalPainter _painter = new(new TerminalCapabilities { Colors = 256, TrueColor = true, Progress = true }, new TerminalPainterOptions { TitlePrefix = "", AlternateScreen = false });
    private readonly GrowingBuffer _bytes = new();
    private readonly Emulator _emulator;

    public PaintedTerminal(int width, int height)
    {
        _emulator = new Emulator(width, height, new EmulatorOptions { AnswerQueries = false });
        _painter.Resize(width, height);
        _painter.WriteOpen(_bytes);
        Flush();
    }

    public Screen Screen => _emulator.Screen;

    public void Resize(int width, int height)
    {
        _emulator.Resize(width, height);
        _painter.Resize(width, height);
    }

    public void Repaint() => _painter.Repaint();

    public void Paint(Screen frame)
    {
        _painter.Paint(frame, _bytes);
        Flush();
    }

    private void Flush()
    {
        _emulator.Write(_bytes.Written);
        _bytes.Clear();
    }
}
