using System.Buffers;

namespace Roam.Terminal;

/// <summary>The main screen with native scrollback: rows are the canvas's, everything else is drawn as on any screen.</summary>
internal sealed partial class ScreenPainter<TDialect>
{
    /// <summary>
    /// Draws a frame and the lines that go above it. Events are told since what was drawn last, if anything was; modes, pen and cursor are as that left them, or everything is set again.
    /// </summary>
    public void WriteCanvas(
        TallCanvas<TDialect> canvas, Screen? known, bool isPlaceKnown, Screen to, PendingHistory pending, IBufferWriter<byte> destination)
    {
        Stylus<TDialect> stylus = new(dialect, to.Tables, to.Width, destination);
        Screen? from = isPlaceKnown ? known : null;
        WriteEvents(ref stylus, known, from, to);
        canvas.Plan(to, pending);
        bool guards = dialect.GuardsUpdates && (from is null || canvas.ChangesSeveralRows(to));
        bool synchronizes = guards && dialect.HasSynchronizedOutput;
        bool hides = guards && !synchronizes && dialect.HasCursorVisibility && from?.Modes.CursorHidden != true;
        Begin(ref stylus, synchronizes, hides);
        if (from is not null)
        {
            stylus.StartAt(from.Cursor, from.Pen);
        }
        else if (dialect.HasScrollRegion)
        {
            stylus.Sink.Put("\e[r"u8);
        }

        canvas.Draw(ref stylus, to);
        if (from is null)
        {
            CursorShape shape = known?.Cursor.Shape ?? CursorShape.Default;
            WriteShape(ref stylus, CursorShape.Default, to.Cursor.Shape, always: shape != CursorShape.Default);
            WriteAllModes(ref stylus, known?.Modes ?? default, to.Modes);
        }
        else
        {
            if (hides && !to.Modes.CursorHidden)
            {
                stylus.MoveTo(to.Cursor.Row, to.Cursor.Column);
                stylus.Sink.Put("\e[?25h"u8);
            }

            WriteShape(ref stylus, from.Cursor.Shape, to.Cursor.Shape, always: false);
            WriteModes(ref stylus, from.Modes, to.Modes);
        }

        WriteEnd(ref stylus, to, synchronizes);
        stylus.Sink.Flush();
        canvas.Commit(pending);
    }
}
