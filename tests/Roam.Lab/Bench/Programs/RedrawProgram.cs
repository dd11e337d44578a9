using System.Text;

namespace Roam.Lab;

/// <summary>Redraws 20 rows of coloured random letters 20 times a second, and at once when keys come; the row below counts the keys.</summary>
internal static class RedrawProgram
{
    public const int StatusRow = 22;
    public const int PeriodMillis = 50;

    private const int Rows = 20;
    private const int Columns = 70;
    private const ulong Seed = 9;

    public static int Run()
    {
        RawTerminal.Enter();
        SeededRandom random = new(Seed);
        StringBuilder text = new();
        int keys = 0;
        while (true)
        {
            text.Clear();
            for (int y = 1; y <= Rows; y++)
            {
                text.Append($"\e[{y};1H\e[3{1 + random.Next(7)}m");
                for (int x = 0; x < Columns; x++)
                {
                    text.Append("ABCDEFGHIJ "[random.Next(11)]);
                }
            }

            text.Append($"\e[0m\e[{StatusRow + 1};1H{Status(keys)}\e[K");
            if (!RawTerminal.Write(Encoding.ASCII.GetBytes(text.ToString())) || !RawTerminal.TryRead(MonotonicClock.Nanos + MonotonicClock.OfMillis(PeriodMillis), out ReadOnlySpan<byte> typed))
            {
                return 0;
            }

            keys += typed.Length;
        }
    }

    public static string Status(int keys) => $"keys={keys}";
}
