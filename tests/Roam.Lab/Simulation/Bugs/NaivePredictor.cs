using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Draws every printable key at the cursor at once; judges nothing.</summary>
internal sealed class NaivePredictor(bool forgets) : IPredictor
{
    private const int GuessesMax = 64;
    private const long LifetimeMicros = 300_000;

    private readonly List<(int Row, int Column, byte Key, long AtMicros)> _guesses = [];

    public void SetLink(long sendIntervalMillis)
    {
    }

    public void SetFrames(ulong frameSent, ulong frameAcked, ulong lateAcked, ulong screenNumber)
    {
    }

    public void SetFarTerminal(FarTerminal far)
    {
    }

    public void NewUserInput(long nowMicros, ReadOnlySpan<byte> input, Screen remote)
    {
        foreach (byte key in input)
        {
            if (key is > 0x20 and < 0x7F && _guesses.Count < GuessesMax)
            {
                _guesses.Add((remote.Cursor.Row, remote.Cursor.Column, key, nowMicros));
            }
        }
    }

    public void Reset()
    {
    }

    public void Overlay(long nowMicros, Screen screen)
    {
        if (forgets)
        {
            _guesses.RemoveAll(g => g.AtMicros + LifetimeMicros < nowMicros);
        }

        foreach ((int row, int column, byte key, _) in _guesses)
        {
            if (row < screen.Height && column < screen.Width && screen.CellsAt(row)[column].Width == 1)
            {
                screen.WritableRow(row).Cells[column] = Cell.Of(key, 1, 0);
            }
        }
    }

    public bool NextTimeout(long nowMicros, out long atMicros)
    {
        atMicros = nowMicros + LifetimeMicros;
        return forgets && _guesses.Count != 0;
    }
}
