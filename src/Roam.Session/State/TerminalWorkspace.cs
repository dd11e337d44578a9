using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>What all <see cref="TerminalState"/>s of one session share: tables, spare objects, the screen diff, and the one emulator that reads diffs.</summary>
internal sealed class TerminalWorkspace
{
    /// <summary>Spare objects kept: the sender's limit is 32 states.</summary>
    private const int SpareMax = 64;

    private readonly Stack<TerminalState> _spare = new();
    private Emulator? _reader;
    private Announcement? _welcome;

    public ScreenTables Tables { get; init; } = new();

    public ScreenPool Pool { get; init; } = new();

    public ScreenDiff Diff { get; } = new();

    /// <summary>The escape sequences of a diff being written: their length has to be known first.</summary>
    public GrowingBuffer HostBytes { get; } = new();

    /// <summary>Every diff written is applied to a copy of its base and compared.</summary>
    public bool Verify { get; init; }

    public long VerifyFailures { get; set; }

    /// <summary>The newest diff that did not give its screen, for a report.</summary>
    public string? VerifyFailure { get; set; }

    /// <summary>The server's, with a client that keeps history: finds lines that need not travel.</summary>
    public ShownLines? ShownLines { get; set; }

    /// <summary>The client's: takes lines that were on its screen.</summary>
    public PendingHistory? Lines { get; set; }

    /// <summary>Reads diffs onto whatever screen it is attached to; made at the first use.</summary>
    public Emulator ReaderFor(Screen screen)
    {
        _reader ??= new Emulator(screen.Width, screen.Height, new EmulatorOptions { AnswerQueries = false, Tables = Tables, Pool = Pool });
        _reader.Attach(screen);
        return _reader;
    }

    /// <summary>The receiving side: the same words give the same object, however often a diff brings them.</summary>
    public Announcement WelcomeOf(in AnnouncementMessage message)
    {
        if (_welcome is null || !_welcome.Says(message))
        {
            _welcome = Announcement.From(message);
        }

        return _welcome;
    }

    public TerminalState NewState(int width, int height) => new(this) { Screen = new Screen(width, height, Tables, Pool) };

    /// <summary>A state over the screen, which becomes the state's own.</summary>
    public TerminalState Rent(Screen screen)
    {
        if (_spare.TryPop(out TerminalState? state))
        {
            state.Screen = screen;
            return state;
        }

        return new TerminalState(this) { Screen = screen };
    }

    public void Return(TerminalState state)
    {
        if (_spare.Count < SpareMax)
        {
            _spare.Push(state);
        }
    }
}
