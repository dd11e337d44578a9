using System.Text;

namespace Roam.Lab;

/// <summary>A full-screen program: alternate screen, synchronized output now and then, regions, redraws of some lines at each key.</summary>
internal sealed class RedrawEditor(SimRandom random) : SimProgram(random)
{
    protected override void OnStart(long nowMicros)
    {
        Write(nowMicros, 3000, "\e[?1049h\e[?1h\e[?2004h\e[?1000h\e[?1006h");
        Redraw(nowMicros, 1000);
    }

    protected override void OnResize(long nowMicros) => Redraw(nowMicros, 5000);

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        for (int i = 0; i < Math.Min(keys.Length, 8); i++)
        {
            Change(nowMicros);
        }
    }

    private void Change(long nowMicros)
    {
        int row = 1 + Random.Below(Height);
        switch (Random.Below(7))
        {
            case 0:
                Redraw(nowMicros, Random.Between(1000, 30_000));
                break;
            case 1:
                int top = 1 + Random.Below(Math.Max(1, Height - 2));
                Write(nowMicros, 1000, $"\e[{top};{Height}r\e[{Height};1H\n\n\e[r\e[{row};1H");
                break;
            case 2:
                Write(nowMicros, 1000, $"\e[{row};1H\e[{1 + Random.Below(3)}{(Random.Below(2) == 0 ? 'L' : 'M')}");
                break;
            case 3:
                Write(nowMicros, 1000, $"\e[{row};{1 + Random.Below(Width)}H\e[{Random.Below(4)}{(Random.Below(2) == 0 ? '@' : 'P')}");
                break;
            case 4:
                Write(nowMicros, 1000, Random.Below(2) == 0 ? "\e[?25l" : "\e[?25h");
                break;
            case 5:
                // The frame comes in two writes; what is between must not be seen alone.
                Write(nowMicros, 1000, $"\e[?2026h\e[{row};1H\e[K{Words(Math.Min(Width, 20))}");
                Write(nowMicros, Random.Between(1000, 200_000), $"\e[{1 + Random.Below(Height)};1H\e[K{Words(Math.Min(Width, 20))}\e[?2026l");
                break;
            default:
                Write(nowMicros, Random.Between(500, 8000), $"\e[{row};1H{Rendition()}{Words(Random.Below(Width))}\e[0m\e[K");
                break;
        }
    }

    private void Redraw(long nowMicros, long delayMicros)
    {
        StringBuilder text = new("\e[H\e[2J");
        for (int y = 1; y <= Height; y++)
        {
            text.Append("\e[").Append(y).Append(";1H").Append(Rendition()).Append(Words(Random.Below(Width + 1)));
        }

        text.Append("\e[0m\e[").Append(1 + Random.Below(Height)).Append(';').Append(1 + Random.Below(Width)).Append('H');
        Write(nowMicros, delayMicros, text.ToString());
    }
}
