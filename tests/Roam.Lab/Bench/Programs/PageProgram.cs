using System.Text;

namespace Roam.Lab;

/// <summary>At each key draws the next full page of random characters: more than fits one datagram, however it is compressed.</summary>
internal static class PageProgram
{
    public const int Rows = 23;
    public const string Ready = "READY";

    private const int Columns = 79;

    public static int Run()
    {
        RawTerminal.Enter();
        _ = RawTerminal.Write(Encoding.ASCII.GetBytes("\e[2J\e[H" + Ready));
        for (int page = 1; RawTerminal.TryRead(long.MaxValue, out ReadOnlySpan<byte> keys); page += keys.IsEmpty ? 0 : 1)
        {
            if (!keys.IsEmpty)
            {
                _ = RawTerminal.Write(Encoding.ASCII.GetBytes("\e[H" + string.Join("\r\n", Page(page))));
            }
        }

        return 0;
    }

    /// <summary>The rows of a page: the same for who draws it and for who waits for it.</summary>
    public static string[] Page(int number)
    {
        SeededRandom random = new((ulong)number);
        string[] rows = new string[Rows];
        for (int y = 0; y < Rows; y++)
        {
            rows[y] = string.Create(Columns, random, static (row, r) =>
            {
                foreach (ref char c in row)
                {
                    c = (char)('!' + r.Next(94));
                }
            });
        }

        return rows;
    }
}
