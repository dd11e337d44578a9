namespace Roam.Terminal;

/// <summary>Shell of the emulator: a program's output in, a <see cref="Screen"/> out.</summary>
public sealed partial class Emulator
{
    private readonly ReplyBuffer _replies = new();

    public Emulator(int width, int height, EmulatorOptions options)
    {
        Screen = new Screen(width, height, options.Tables ?? new ScreenTables(), options.Pool ?? new ScreenPool());
    }

    /// <summary>The live picture. The same object until <see cref="Attach"/>, also when the program switches to the alternate screen.</summary>
    public Screen Screen { get; private set; }

    /// <summary>Answers to the program's queries, to be written to its pty; whole answers are dropped beyond the bound.</summary>
    public ReadOnlySpan<byte> Replies => _replies.Bytes;

    /// <summary>DECCKM as the program set it.</summary>
    public bool ApplicationCursorKeys { get; private set; }

    /// <summary>Mode 2026: the program is in the middle of a frame; hold it back (the holder bounds the wait).</summary>
    public bool SynchronizedUpdate { get; private set; }

    /// <summary>Takes program output. Any bytes, cut anywhere; never throws.</summary>
    public void Write(ReadOnlySpan<byte> output)
    {
        ApplicationCursorKeys = !output.IsEmpty && ApplicationCursorKeys;
    }

    public void ClearReplies() => _replies.Clear();

    public void Resize(int width, int height) => Screen.Resize(width, height);

    /// <summary>Client side: works on another screen of the same session from now on. Parser and private state start afresh; pen, margins and cursor come from the screen.</summary>
    public void Attach(Screen screen) => Screen = screen;
}
