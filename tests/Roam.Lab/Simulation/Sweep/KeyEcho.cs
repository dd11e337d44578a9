using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// Echoes each key at the bottom of the screen; a row holds a fixed number of them, so that the cursor's column counts. In pieces: as a shell with colours does it,
/// something else first, the key itself 1 to 5 ms later or in two such steps.
/// </summary>
internal sealed class KeyEcho(SimRandom random, bool inPieces) : SweepProgram(random)
{
    private const int KeysInRow = 79;

    private int _keys;

    protected override void OnStart(long nowMicros) => Write(nowMicros, 0, $"\e[{Height};1H");

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        foreach (byte key in keys)
        {
            _keys++;
            long delay = 0;
            if (inPieces)
            {
                for (int i = Random.Between(1, 2); i > 0; i--)
                {
                    Write(nowMicros, delay, i == 1 ? "\e[31m.\b" : "\e[32m:\b");
                    delay += Random.BetweenMicros(1000, 5000);
                }
            }

            string rest = _keys % KeysInRow == 0 ? "\r\n" : "";
            Write(nowMicros, delay, inPieces ? $"\e[0m{(char)key}{rest}" : $"{(char)key}{rest}");
        }
    }

    public override int ShownIn(Screen frame, int shownBefore)
    {
        (int row, int column) = (frame.Cursor.Row, frame.Cursor.Column);
        int shown = shownBefore + ((column - (shownBefore % KeysInRow) + KeysInRow) % KeysInRow);
        if (shown != shownBefore)
        {
            Cell last = column == 0 ? frame.CellsAt(row - 1)[KeysInRow - 1] : frame.CellsAt(row)[column - 1];
            if (last.Content != KeyOf(shown - 1))
            {
                throw new InvariantViolation("sweep", $"the frame ends in '{(char)last.Content}', which is not key {shown - 1}");
            }
        }

        return shown;
    }
}
