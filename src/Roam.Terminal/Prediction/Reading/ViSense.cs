namespace Roam.Terminal;

/// <summary>Whether the full-screen program is a vi (its last row said "-- INSERT --" once, or it looks like one) and in which mode it will be after the keys typed so far.</summary>
internal struct ViSense
{
    private bool _isVi;
    private ViMode _shown;
    private ViMode _expected;
    private ulong _expectedUntil;

    /// <summary>What <see cref="StatusReader"/> gives in insert mode.</summary>
    public ulong InsertStatus { get; private set; }

    public void See(Screen screen, bool isFullScreen, ulong lateAcked)
    {
        if (!isFullScreen)
        {
            this = default;
            return;
        }

        bool inserts = StatusReader.SaysInsert(screen);
        _isVi |= inserts || ViSigns.AreOn(screen);
        _shown = inserts ? ViMode.Insert : ViMode.Normal;
        if (inserts)
        {
            InsertStatus = StatusReader.Read(screen);
        }

        // The answer may come a little after its acknowledgement: vim and others wait whether Esc begins a sequence.
        if (lateAcked > _expectedUntil || (lateAcked == _expectedUntil && _shown == _expected))
        {
            _expected = ViMode.None;
        }
    }

    public void Expect(ViMode mode, ulong dueFrame)
    {
        _expected = mode;
        _expectedUntil = dueFrame;
    }

    public readonly ViMode Mode => !_isVi ? ViMode.None : _expected != ViMode.None ? _expected : _shown;

    /// <summary>The mode is one that the screen does not show yet.</summary>
    public readonly bool IsAhead => _isVi && _expected != ViMode.None && _expected != _shown;
}
