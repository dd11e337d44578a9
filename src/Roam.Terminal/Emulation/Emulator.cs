namespace Roam.Terminal;

/// <summary>
/// The terminal that programs talk to: their output in, a <see cref="Screen"/> out. One partial file an area; docs/terminal.md says what is supported and how to add to it.
/// Contract: <see cref="Write"/> takes any bytes, cut anywhere, and never throws; answers gather in <see cref="Replies"/> until cleared.
/// The client uses the same object to apply diffs: <see cref="Attach"/> it to the screen to change, then write.
/// </summary>
public sealed partial class Emulator
{
    private readonly EmulatorOptions _options;
    private readonly ScreenPool _pool;
    private readonly Parser<EmulatorHandler> _parser;
    private readonly ReplyBuffer _replies = new();
    private readonly TitleStack _titles = new();
    private readonly TabStops _tabs;
    private ProgramModes _modes = ProgramModes.Initial;
    private CharsetState _charsets;

    public Emulator(int width, int height, EmulatorOptions options)
    {
        (width, height) = Screen.ClampSize(width, height);
        _options = options;
        _pool = options.Pool ?? new ScreenPool();
        History = options.HistoryLines == 0 ? null : new HistoryLog(options.HistoryLines);
        _tabs = new TabStops(width);
        Screen = new Screen(width, height, options.Tables ?? new ScreenTables(), _pool);
        _parser = new Parser<EmulatorHandler>(new EmulatorHandler(this));
    }

    /// <summary>The live picture. The same object until <see cref="Attach"/>, also when the program switches to the alternate screen.</summary>
    public Screen Screen { get; private set; }

    /// <summary>Answers to the program's queries, to be written to its pty; whole answers are dropped beyond the bound.</summary>
    public ReadOnlySpan<byte> Replies => _replies.Bytes;

    /// <summary>DECCKM as the program set it.</summary>
    public bool ApplicationCursorKeys => _modes.ApplicationCursorKeys;

    /// <summary>Takes program output. Any bytes, cut anywhere; never throws.</summary>
    public void Write(ReadOnlySpan<byte> output) => _parser.Write(output);

    public void ClearReplies() => _replies.Clear();

    /// <summary>The window changed: both buffers are cut or extended at the right and the bottom, the cursor's line stays in sight, margins are reset. What the main screen loses at its top goes to the history.</summary>
    public void Resize(int width, int height)
    {
        (width, height) = Screen.ClampSize(width, height);
        if (width == Screen.Width && height == Screen.Height)
        {
            return;
        }

        EndSynchronizedUpdate();
        _lastGraphic = 0;
        _tabs.Resize(width);
        KeepLinesCut(height);
        Screen.Resize(width, height);
        ResizeHidden(width, height);
        if (_talk.SizeReports)
        {
            ReportTextArea();
        }
    }

    /// <summary>
    /// Client side: works on another screen of the same session from now on. Parser and private state start afresh; pen, top and bottom margin and cursor come from the screen.
    /// Left and right margins do not: no diff has them, and a copy of a server's own screen must be read as the client would.
    /// </summary>
    public void Attach(Screen screen)
    {
        if (screen.Width != Screen.Width)
        {
            _tabs.Resize(screen.Width);
        }

        Screen = screen;
        Screen.ResetColumnMargins();
        _parser.Reset();
        ResetPrivateState();
    }

    /// <summary>Everything that is not part of the screen, as after power-on.</summary>
    private void ResetPrivateState()
    {
        _modes = ProgramModes.Initial;
        _talk = ConversationModes.Initial;
        _savedModes.Clear();
        _keyboardStack.Clear();
        _blinksByMode = false;
        _charsets = default;
        _saved = default;
        (_protection, _protectsPrinted) = (Protection.None, false);
        _changesRectangles = false;
        _checksumOptions = ChecksumOptions.None;
        _renditions.Clear();
        _link = 0;
        _lastGraphic = 0;
        _lastWritten = default;
        _titles.Clear();
        DropHidden();
        EndSynchronizedUpdate();
        ResetTabs();
        ForgetPen();
    }
}
