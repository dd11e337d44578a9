using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Endless lines until Ctrl-C, which it answers with the number of those so far; any other key starts it again.</summary>
internal sealed class StoppedFlood(SimRandom random) : SweepProgram(random)
{
    public const byte StopKey = 3;
    public const byte StartKey = (byte)'g';

    private const int PieceLines = 50;

    /// <summary>50 lines in 5 ms: the whole screen is new each time that somebody looks.</summary>
    private const int PieceMicros = 5000;

    private readonly StringBuilder _text = new();
    private int _stops;

    public override byte KeyOf(int number) => StopKey;

    protected override void OnStart(long nowMicros) => Write(nowMicros, 0, $"\e[{Height};1H");

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        foreach (byte key in keys)
        {
            bool stops = key == StopKey;
            NextTickMicros = stops ? long.MaxValue : nowMicros;
            _stops += stops ? 1 : 0;
            Write(nowMicros, 0, stops ? $"^C\r\n[{_stops}]$ " : "\r\n");
        }
    }

    protected override void OnTick(long nowMicros)
    {
        _text.Clear();
        for (int i = 0; i < PieceLines; i++)
        {
            _text.Append(Words(Width - 1)).Append("\r\n");
        }

        Write(nowMicros, 0, _text.ToString());
        NextTickMicros = nowMicros + PieceMicros;
    }

    public override int ShownIn(Screen frame, int shownBefore)
    {
        ReadOnlySpan<Cell> row = frame.CellsAt(frame.Cursor.Row);
        return row[0].Content == '[' ? Math.Max(shownBefore, NumberAt(row, 1)) : shownBefore;
    }
}
