using Roam.Host;

namespace Roam.Cli;

/// <summary>One line on the terminal that changes ten times a second, and the lines that stay above it.</summary>
internal sealed class CopyScreen(bool isDrawn, long startMicros)
{
    private const string EraseLine = "\r\u001b[K";
    private const int WidthUnknown = 80;

    private readonly CopyProgress _progress = new(startMicros);
    private readonly object _gate = new();
    private bool _isOnScreen;

    public void Draw(in CopyProgressState state)
    {
        if (!isDrawn)
        {
            return;
        }

        int width = StandardStreams.TryGetWindowSize(out int columns, out _) ? columns : WidthUnknown;
        lock (_gate)
        {
            StandardStreams.Error("\r" + _progress.Line(state, SystemClock.Now.Micros, width) + "\u001b[K");
            _isOnScreen = true;
        }
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            StandardStreams.Error((_isOnScreen ? EraseLine : "") + line + "\n");
            _isOnScreen = false;
        }
    }

    public void Erase()
    {
        lock (_gate)
        {
            if (_isOnScreen)
            {
                StandardStreams.Error(EraseLine);
                _isOnScreen = false;
            }
        }
    }
}
