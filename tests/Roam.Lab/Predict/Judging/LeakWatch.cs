using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// Finds secret characters on the client's screen: in a frame drawn after the character was typed, in a cell where no state of the reference has had that glyph.
/// Frames are watched until well after the secret's Enter. From then on rows may move (the client may show the scroll before the program does) and other things are typed: the
/// glyph then counts only in a column where the reference never had it, and when it was not typed again.
/// </summary>
internal sealed class LeakWatch(List<JudgedKey> keys, List<TimedScreen> reference, List<TimedScreen> frames)
{
    /// <summary>After the next key that is no secret, besides two round trips.</summary>
    private const long WatchMicros = 1_500_000;

    /// <summary>What the reference shows so soon after the frame was not leaked by it.</summary>
    private const long LateMicros = 1_000_000;

    private readonly HashSet<(int Row, int Column)> _claimed = [];

    public void Mark(IReadOnlyList<KeyVerdict> verdicts, long roundTripMicros)
    {
        int next = 0;
        for (int i = 0; i < keys.Count; i++)
        {
            if (!keys[i].Key.IsSecret || keys[i].Key.Name == " " || keys[i].Frames == 0)
            {
                continue;
            }

            if (next <= i)
            {
                next = i;
                _claimed.Clear();
                while (next < keys.Count && keys[next].Key.IsSecret)
                {
                    next++;
                }
            }

            verdicts[i].IsLeaked = IsLeaked(i, next, roundTripMicros);
        }
    }

    private bool IsLeaked(int number, int next, long roundTripMicros)
    {
        string glyph = keys[number].Key.Name;
        Screen before = frames[keys[number].Frames - 1].Screen;
        long end = next < keys.Count ? keys[next].Micros + WatchMicros + (2 * roundTripMicros) : long.MaxValue;
        Screen last = before;
        for (int i = keys[number].Frames; i < frames.Count && frames[i].Micros <= end; i++)
        {
            Screen frame = frames[i].Screen;
            bool isOver = next < keys.Count && i >= keys[next].Frames;
            if (isOver && IsTypedAgain(glyph, next, frames[i].Micros))
            {
                return false;
            }

            foreach ((int row, int column) in Glyphs.Differences(last, frame))
            {
                if (Glyphs.At(frame, row, column) == glyph && !IsExplained(frame, row, column, frames[i].Micros, isOver) && _claimed.Add((row, column)))
                {
                    return true;
                }
            }

            last = frame;
        }

        return false;
    }

    private bool IsTypedAgain(string glyph, int next, long untilMicros)
    {
        for (int i = next; i < keys.Count && keys[i].Micros <= untilMicros; i++)
        {
            if (keys[i].Key.Name.Contains(glyph, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsExplained(Screen frame, int row, int column, long frameMicros, bool anyRow)
    {
        foreach (TimedScreen state in reference)
        {
            if (state.Micros > frameMicros + LateMicros)
            {
                break;
            }

            if (Glyphs.Same(frame, state.Screen, row, column) || (anyRow && HasInColumn(state.Screen, frame, row, column)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasInColumn(Screen screen, Screen frame, int row, int column)
    {
        string glyph = Glyphs.At(frame, row, column);
        for (int y = 0; y < screen.Height; y++)
        {
            if (Glyphs.At(screen, y, column) == glyph)
            {
                return true;
            }
        }

        return false;
    }
}
