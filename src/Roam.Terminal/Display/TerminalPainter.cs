#pragma warning disable CA1822
using System.Buffers;

namespace Roam.Terminal;

/// <summary>
/// Draws screens on the user's real terminal: keeps a snapshot of what it painted last and writes the difference.
/// Order: <see cref="WriteOpen"/>, any number of <see cref="Paint"/>, <see cref="WriteClose"/>; after a close (suspend, exit) it may be opened again.
/// </summary>
public sealed class TerminalPainter(TerminalCapabilities capabilities, TerminalPainterOptions options)
{
    public TerminalPainter(TerminalCapabilities capabilities)
        : this(capabilities, TerminalPainterOptions.Default)
    {
    }

    public TerminalCapabilities Capabilities => capabilities;

    public TerminalPainterOptions Options => options;

    /// <summary>The real terminal's size. A change makes the next paint redraw everything; frames of another size are cut or extended with blanks.</summary>
    public void Resize(int width, int height)
    {
    }

    /// <summary>The next <see cref="Paint"/> redraws everything (Ctrl-L, SIGCONT).</summary>
    public void Repaint()
    {
    }

    /// <summary>Takes its own snapshot of the frame; the caller keeps ownership of <paramref name="to"/>.</summary>
    public void Paint(Screen to, IBufferWriter<byte> destination)
    {
    }

    public void WriteOpen(IBufferWriter<byte> destination)
    {
    }

    public void WriteClose(IBufferWriter<byte> destination)
    {
    }
}
