using System.Text;

namespace Roam.Lab;

/// <summary>A build log: pieces of up to 4 KiB, many a second, as the pty gives them; quiet at times. Ctrl-C stops it for good.</summary>
internal sealed class FloodLog(SimRandom random) : SimProgram(random)
{
    private const int PieceBytes = 4096;

    private bool _isStopped;

    protected override void OnStart(long nowMicros) => NextTickMicros = nowMicros + 5000;

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        if (keys.Contains((byte)3) && !_isStopped)
        {
            _isStopped = true;
            NextTickMicros = long.MaxValue;
            Write(nowMicros, 500, "^C\r\n$ ");
        }
    }

    protected override void OnTick(long nowMicros)
    {
        if (_isStopped || IsResting)
        {
            return;
        }

        StringBuilder text = new();
        int length = Random.Between(200, PieceBytes);
        while (text.Length < length)
        {
            text.Append(Rendition()).Append(Words(Random.SmallBelow(160))).Append("\e[0m\r\n");
        }

        Write(nowMicros, 0, text.ToString());
        NextTickMicros = nowMicros + (Random.Below(40) == 0 ? Random.Between(200_000, 2_000_000) : Random.Between(2000, 30_000));
    }
}
