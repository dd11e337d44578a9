namespace Roam.Terminal;

/// <summary>Mode 2026: while the program draws a frame, the picture from before it is what should be shown.</summary>
public sealed partial class Emulator
{
    private Screen? _heldFrame;

    /// <summary>What to show now: the picture as it was when the program began its frame, or the live one.</summary>
    public Screen FrameScreen => _heldFrame ?? Screen;

    /// <summary>Mode 2026: the program is in the middle of a frame; hold it back (the holder bounds the wait).</summary>
    public bool SynchronizedUpdate => _heldFrame is not null;

    /// <summary>How many frames were begun: tells one held frame from the next.</summary>
    public int SynchronizedUpdateCount { get; private set; }

    /// <summary>The frame took too long, or is complete: the live picture shows again, until the mode is set anew.</summary>
    public void EndSynchronizedUpdate()
    {
        _heldFrame?.Release();
        _heldFrame = null;
    }

    private void SetSynchronizedUpdate(bool on)
    {
        if (!on)
        {
            EndSynchronizedUpdate();
        }
        else if (_heldFrame is null)
        {
            SynchronizedUpdateCount++;
            _heldFrame = Screen.Snapshot();
        }
    }
}
