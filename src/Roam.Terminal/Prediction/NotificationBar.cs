namespace Roam.Terminal;

/// <summary>
/// The bar over the top row: messages to the user, and how long nothing was heard. Draws itself into a screen about to be painted. A passing message makes way for a cursor in the
/// top row and stands in the bottom one: a session that has just begun has its prompt there, and the user is to see it.
/// The counter moves each second, after a minute only every third (a radio that sleeps lasts longer).
/// </summary>
public sealed class NotificationBar
{
    private const long SecondMicros = 1_000_000;
    private const long SilenceMicros = 6_500_000;
    private const long NoReplyMicros = 10_000_000;
    private const long SlowUpdatesAfterMicros = 60 * SecondMicros;
    private const long SlowUpdateMicros = 3 * SecondMicros;

    /// <summary>How long a message that is not permanent stays, when nothing else is said.</summary>
    public const long MessageMicros = SecondMicros;

    /// <summary>Longest text drawn, in UTF-16 units; the rest is cut (the widest window holds 4096 columns).</summary>
    private const int TextMax = 512;

    private const byte White = 7;
    private const byte Blue = 4;

    private static readonly Style TextStyle = new(Color.Indexed(White), Color.Indexed(Blue), Color.Default, StyleAttributes.Bold);
    private static readonly Style RestStyle = TextStyle.Erased;

    private readonly char[] _text = new char[TextMax];
    private long? _lastHeardMicros;
    private long? _lastAckedMicros;
    private string? _message;
    private bool _isPermanent;
    private long _shownMicros = MessageMicros;
    private bool _showsQuitHint;
    private long? _messageEndsMicros;

    /// <summary>The program's name before every text.</summary>
    public string Name { get; init; } = "mosh";

    /// <summary>How the user can leave; empty when there is no escape key.</summary>
    public string QuitHint { get; set; } = "[To quit: Ctrl-^ .]";

    /// <summary>When anything authentic was last heard from the server.</summary>
    public void SetLastHeard(long micros) => _lastHeardMicros = micros;

    /// <summary>When the newest state that the server has acknowledged was sent.</summary>
    public void SetLastAcked(long micros) => _lastAckedMicros = micros;

    /// <summary>Null removes the message. One that is not permanent goes away so long after it was first drawn.</summary>
    public void SetMessage(string? message, bool permanent, bool showQuitHint, long shownMicros = MessageMicros)
    {
        _shownMicros = shownMicros;
        _message = message;
        _isPermanent = permanent;
        _showsQuitHint = showQuitHint;
        _messageEndsMicros = null;
    }

    public void Overlay(long nowMicros, Screen screen)
    {
        ExpireMessage(nowMicros);
        int length = WriteText(nowMicros);
        if (length != 0)
        {
            bool makesWay = _message is not null && !_isPermanent && screen.Cursor.Row == 0;
            Draw(screen, makesWay ? screen.Height - 1 : 0, _text.AsSpan(0, length));
        }
    }

    /// <summary>When the bar's text changes next.</summary>
    public bool NextTimeout(long nowMicros, out long atMicros)
    {
        atMicros = long.MaxValue;
        if (_message is not null && _messageEndsMicros is long ends)
        {
            atMicros = ends;
        }

        if (TryGetSilence(nowMicros, out long since, out _))
        {
            long age = nowMicros - since;
            long step = age < SlowUpdatesAfterMicros ? SecondMicros : SlowUpdateMicros;
            atMicros = Math.Min(atMicros, since + (((age / step) + 1) * step));
        }
        else
        {
            atMicros = Math.Min(atMicros, _lastHeardMicros + SilenceMicros ?? long.MaxValue);
            atMicros = Math.Min(atMicros, _lastAckedMicros + NoReplyMicros ?? long.MaxValue);
        }

        return atMicros != long.MaxValue;
    }

    private void ExpireMessage(long nowMicros)
    {
        if (_message is null || _isPermanent)
        {
            return;
        }

        _messageEndsMicros ??= nowMicros + _shownMicros;
        if (nowMicros >= _messageEndsMicros)
        {
            _message = null;
            _messageEndsMicros = null;
        }
    }

    /// <summary>Whether there is a silence worth telling: nothing heard, or heard but nothing acknowledged.</summary>
    private bool TryGetSilence(long nowMicros, out long sinceMicros, out bool isReply)
    {
        isReply = false;
        sinceMicros = _lastHeardMicros ?? nowMicros;
        if (nowMicros - sinceMicros >= SilenceMicros)
        {
            return true;
        }

        isReply = true;
        sinceMicros = _lastAckedMicros ?? nowMicros;
        return nowMicros - sinceMicros >= NoReplyMicros;
    }

    private int WriteText(long nowMicros)
    {
        bool silent = TryGetSilence(nowMicros, out long since, out bool isReply);
        if (!silent && _message is null)
        {
            return 0;
        }

        TextCursor text = new(_text);
        text.Put(Name);
        text.Put(": ");
        long seconds = (nowMicros - since) / SecondMicros;
        if (_message is null)
        {
            text.Put(isReply ? "Last reply " : "Last contact ");
            text.PutDuration(seconds, " seconds");
            text.Put(" ago.");
        }
        else
        {
            text.Put(_message);
            if (silent)
            {
                text.Put(" (");
                text.PutDuration(seconds, " s");
                text.Put(isReply ? " without reply.)" : " without contact.)");
            }
        }

        if ((_message is null || _showsQuitHint) && QuitHint.Length != 0)
        {
            text.Put(" ");
            text.Put(QuitHint);
        }

        return text.Length;
    }

    private static void Draw(Screen screen, int row, ReadOnlySpan<char> text)
    {
        StyleTable styles = screen.Tables.Styles;
        _ = styles.TryIntern(TextStyle, out ushort textStyle);
        _ = styles.TryIntern(RestStyle, out ushort restStyle);
        screen.BlankRow(row, restStyle);
        Span<Cell> cells = screen.WritableRow(row).Cells;
        ulong attributes = Cell.Attributes(textStyle, 0, false);
        int x = 0;
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            int width = ByteSink.IsControl(rune.Value) ? 0 : CharWidth.Of(rune.Value);
            if (width == 0)
            {
                continue;
            }

            if (x + width > cells.Length)
            {
                break;
            }

            cells[x] = Cell.Of(rune.Value, width, attributes);
            if (width == 2)
            {
                cells[x + 1] = Cell.Spacer(attributes);
            }

            x += width;
        }

        screen.WritableRow(row).Occupied = (ushort)x;
        if (screen.Cursor.Row == row)
        {
            screen.Modes.CursorHidden = true;
        }
    }
}
