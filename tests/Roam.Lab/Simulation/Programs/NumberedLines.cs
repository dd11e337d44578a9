using System.Globalization;
using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>A prompt that echoes keys; 'g' prints so many lines, each with its number, as fast as pieces of output come; Ctrl-C stops them.</summary>
internal sealed class NumberedLines(SimRandom random, int lines) : SimProgram(random)
{
    public const byte GoKey = (byte)'g';
    public const byte StopKey = 3;
    public const byte AlternateKey = (byte)'a';
    public const byte MainKey = (byte)'m';

    private readonly StringBuilder _text = new();

    /// <summary>Text after the number: up to so many columns of what hardly compresses.</summary>
    public int WordsMax { get; init; } = 70;

    /// <summary>The piece that comes at once, and the time to the next.</summary>
    public int PieceLines { get; init; } = 50;

    public int PieceMicros { get; init; } = 1000;

    public int Printed { get; private set; }

    public bool IsPrinting { get; private set; }

    /// <summary>When the last line came out.</summary>
    public long DoneAtMicros { get; private set; } = long.MaxValue;

    public int Keys { get; private set; }

    public override FarTerminal FarTerminalAt(long nowMicros) => new(IsKnown: true, IsCanonical: false, Echoes: false, IsAlternateScreen: false);

    protected override void OnStart(long nowMicros) => Write(nowMicros, 1000, "$ ");

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        foreach (byte key in keys)
        {
            Keys++;
            switch (key)
            {
                case GoKey:
                    IsPrinting = true;
                    NextTickMicros = nowMicros;
                    break;
                case StopKey:
                    IsPrinting = false;
                    NextTickMicros = long.MaxValue;
                    DoneAtMicros = nowMicros;
                    Write(nowMicros, 0, "^C\r\n$ ");
                    break;
                case AlternateKey:
                    Write(nowMicros, 0, "\e[?1049h\e[H\e[2Jon the alternate screen");
                    break;
                case MainKey:
                    Write(nowMicros, 0, "\e[?1049l");
                    break;
                default:
                    Write(nowMicros, 300, [key]);
                    break;
            }
        }
    }

    protected override void OnTick(long nowMicros)
    {
        _text.Clear();
        int end = Math.Min(lines, Printed + PieceLines);
        for (; Printed < end; Printed++)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\r\n<{Printed}>").Append(Rendition()).Append(Words(WordsMax == 0 ? 0 : Random.Below(WordsMax))).Append("\e[m");
        }

        NextTickMicros = nowMicros + PieceMicros;
        if (Printed == lines)
        {
            _text.Append("\r\n$ ");
            IsPrinting = false;
            DoneAtMicros = nowMicros;
            NextTickMicros = long.MaxValue;
        }

        Write(nowMicros, 0, _text.ToString());
    }
}
