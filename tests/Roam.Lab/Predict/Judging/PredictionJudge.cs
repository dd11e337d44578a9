using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// Judges what a client shows of what is typed, against a reference copy of the program that gets every key at once (spec: "How to measure").
/// Fed in the order of time with keys, with every state of the reference's screen, and with every frame of the client; then <see cref="Judge"/> gives a verdict for each key.
/// For a key, "before" is the reference's screen just before it, and its states are those from the key until the next one (or for a second):
/// visible when one of them differs from before in glyph, rendition or cursor;
/// shown when the client's frame at <see cref="ShowMicros"/> has the cursor of a state that came by then (or of the first changed one, when the program took longer)
/// and that state's glyph in the first cell whose glyph changed, or, where renditions alone changed, the rendition;
/// a wrong cell changed on the client by then to what the reference holds neither now nor held within the memory; only glyphs are compared, renditions are not part of it;
/// a wrong cursor likewise. Keys typed before the client showed anything do not count.
/// </summary>
/// <param name="roundTripMicros">Of the client's link: what the client shows may be so old.</param>
internal sealed class PredictionJudge(long roundTripMicros)
{
    /// <summary>What is shown so soon is felt as at once.</summary>
    public const long ShowMicros = 30_000;

    private const long TrajectoryMicrosMax = 1_000_000;

    /// <summary>A program that answers after the next key was typed does not make a guess wrong.</summary>
    private const long LateAnswerMicros = 200_000;

    /// <summary>Besides two round trips: what the reference held so long ago may still stand at the client.</summary>
    private const long MemoryMicros = 3_000_000;

    private readonly List<TimedScreen> _reference = [];
    private readonly List<TimedScreen> _frames = [];
    private readonly List<JudgedKey> _keys = [];

    /// <summary>A keystroke was sent to both. Before the frames that it causes.</summary>
    public void Key(long micros, Keystroke key) => _keys.Add(new JudgedKey(micros, key, _reference.Count, _frames.Count));

    /// <summary>The reference's screen has changed, or may have.</summary>
    public void Reference(long micros, Screen screen) => _reference.Add(new TimedScreen(micros, screen.Snapshot()));

    /// <summary>The client has drawn a frame.</summary>
    public void Frame(long micros, Screen screen) => _frames.Add(new TimedScreen(micros, screen.Snapshot()));

    /// <summary>All keys, in their order. Once, when everything was fed.</summary>
    public IReadOnlyList<KeyVerdict> Judge()
    {
        List<KeyVerdict> verdicts = [];
        for (int i = 0; i < _keys.Count; i++)
        {
            verdicts.Add(JudgeKey(i));
        }

        new LeakWatch(_keys, _reference, _frames).Mark(verdicts, roundTripMicros);
        return verdicts;
    }

    private KeyVerdict JudgeKey(int number)
    {
        JudgedKey key = _keys[number];
        KeyVerdict verdict = new() { Number = number, Micros = key.Micros, Key = key.Key, Counts = key.Frames != 0 && key.References != 0 };
        if (!verdict.Counts)
        {
            return verdict;
        }

        Screen before = _reference[key.References - 1].Screen;
        Screen clientBefore = _frames[key.Frames - 1].Screen;
        Screen clientAfter = _frames[LastAt(_frames, key.Frames - 1, key.Micros + ShowMicros)].Screen;
        int end = TrajectoryEnd(number);
        int answer = FirstChanged(before, key.References, end);
        bool isVisible = answer < end;
        int shown = isVisible ? FirstShown(before, clientAfter, key, answer, end, cursorRows: false) : end;
        int shownAtCursor = shown < end || !isVisible ? shown : FirstShown(before, clientAfter, key, answer, end, cursorRows: true);
        answer = shown < end ? shown : answer;
        verdict = verdict with
        {
            Before = before,
            ClientBefore = clientBefore,
            ClientAfter = clientAfter,
            IsVisible = isVisible,
            IsShown = shown < end,
            IsShownAtCursor = shownAtCursor < end,
            Answer = isVisible ? _reference[answer].Screen : null,
            AnswerMicros = isVisible ? _reference[answer].Micros - key.Micros : 0,
        };
        return WithWrongs(verdict, key, MemoryEnd(number));
    }

    private KeyVerdict WithWrongs(KeyVerdict verdict, JudgedKey key, int end)
    {
        int start = LastAt(_reference, 0, key.Micros - MemoryMicros - (2 * roundTripMicros));
        int wrong = 0;
        (int Row, int Column)? first = null;
        foreach ((int row, int column) in Glyphs.Differences(verdict.ClientBefore!, verdict.ClientAfter!))
        {
            if (!WasThere(verdict.ClientAfter!, row, column, start, end))
            {
                wrong++;
                first ??= (row, column);
            }
        }

        return verdict with
        {
            WrongCells = wrong,
            WrongCell = first,
            HasWrongCursor = CursorMoved(verdict.ClientBefore!, verdict.ClientAfter!) && !CursorWasThere(verdict.ClientAfter!, start, end),
        };
    }

    private static bool CursorMoved(Screen before, Screen after) =>
        Cursors.Visible(after) && (before.Cursor.Row != after.Cursor.Row || before.Cursor.Column != after.Cursor.Column);

    /// <summary>Newest first: a glyph is mostly where it was a moment ago.</summary>
    private bool WasThere(Screen client, int row, int column, int start, int end)
    {
        for (int i = end - 1; i >= start; i--)
        {
            if (Glyphs.Same(client, _reference[i].Screen, row, column))
            {
                return true;
            }
        }

        return false;
    }

    private bool CursorWasThere(Screen client, int start, int end)
    {
        for (int i = end - 1; i >= start; i--)
        {
            Screen reference = _reference[i].Screen;
            if (reference.Cursor.Row == client.Cursor.Row && reference.Cursor.Column == client.Cursor.Column)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first state of the trajectory that differs from before; the end when none does.</summary>
    private int FirstChanged(Screen before, int start, int end)
    {
        int i = start;
        while (i < end && !Differs(before, _reference[i].Screen))
        {
            i++;
        }

        return i;
    }

    private static bool Differs(Screen before, Screen after) => !Cursors.Same(before, after) || Glyphs.FirstDifferentLook(before, after) is not null;

    /// <summary>The state that the client shows, among those that it could have shown in time; the end when it shows none.</summary>
    private int FirstShown(Screen before, Screen client, JudgedKey key, int firstChanged, int end, bool cursorRows)
    {
        for (int i = firstChanged; i < end; i++)
        {
            if (i > firstChanged && _reference[i].Micros > key.Micros + ShowMicros)
            {
                break;
            }

            Screen state = _reference[i].Screen;
            if (Differs(before, state) && Shows(client, before, state, cursorRows))
            {
                return i;
            }
        }

        return end;
    }

    private static bool Shows(Screen client, Screen before, Screen state, bool cursorRows)
    {
        if (Cursors.Visible(state) ? !Cursors.Same(client, state) : Cursors.Visible(before) && Cursors.Visible(client))
        {
            return false;
        }

        if (cursorRows && Cursors.Visible(state) && !Cursors.Same(before, state))
        {
            return ShowsRow(client, before, state, Math.Min(before.Cursor.Row, state.Cursor.Row)) && ShowsRow(client, before, state, Math.Max(before.Cursor.Row, state.Cursor.Row));
        }

        if (Glyphs.FirstDifference(before, state) is { } glyph)
        {
            return Glyphs.Same(client, state, glyph.Row, glyph.Column);
        }

        return Glyphs.FirstDifferentLook(before, state) is not { } look || Glyphs.SameLook(client, state, look.Row, look.Column);
    }

    private static bool ShowsRow(Screen client, Screen before, Screen state, int row)
    {
        int column = Glyphs.FirstDifferenceInRow(before, state, row);
        return column < 0 || Glyphs.Same(client, state, row, column);
    }

    private int TrajectoryEnd(int number)
    {
        int end = LastAt(_reference, _keys[number].References - 1, _keys[number].Micros + TrajectoryMicrosMax) + 1;
        return number + 1 < _keys.Count ? Math.Min(end, _keys[number + 1].References) : end;
    }

    private int MemoryEnd(int number) =>
        Math.Max(TrajectoryEnd(number), LastAt(_reference, _keys[number].References - 1, _keys[number].Micros + LateAnswerMicros) + 1);

    /// <summary>The last picture, from start on, that stood at the time.</summary>
    private static int LastAt(List<TimedScreen> screens, int start, long micros)
    {
        int i = start;
        while (i + 1 < screens.Count && screens[i + 1].Micros <= micros)
        {
            i++;
        }

        return i;
    }
}
