using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Redraws the whole screen with new text 20 times a second; the second row counts the keys and is mended at each key.</summary>
internal sealed class CounterRedraw(SimRandom random) : SweepProgram(random)
{
    private const int PeriodMicros = 50_000;
    private const int CounterRow = 1;
    private const string Label = "keys ";

    /// <summary>A real program takes so long to start, at the least.</summary>
    private const int StartMicros = 2000;

    private readonly StringBuilder _text = new();
    private int _keys;

    protected override void OnStart(long nowMicros) => NextTickMicros = nowMicros + StartMicros;

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        _keys += keys.Length;
        Write(nowMicros, 0, $"\e[{CounterRow + 1};1H{Label}{_keys} ");
    }

    protected override void OnTick(long nowMicros)
    {
        _text.Clear();
        for (int y = 0; y < Height; y++)
        {
            string start = y == CounterRow ? $"{Label}{_keys} " : "";
            _text.Append("\e[").Append(y + 1).Append(";1H").Append(start).Append(Words(Width - start.Length));
        }

        Write(nowMicros, 0, _text.ToString());
        NextTickMicros = nowMicros + PeriodMicros;
    }

    public override int ShownIn(Screen frame, int shownBefore) => Math.Max(shownBefore, NumberAt(frame.CellsAt(CounterRow), Label.Length));
}
