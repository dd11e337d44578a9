using System.Text;
using Roam.Host;

namespace Roam.Lab;

/// <summary>Prints a log as fast as the terminal takes it: a number of MB after a key, or without end until Ctrl-C is typed.</summary>
internal static unsafe class FloodProgram
{
    public const string Ready = "READY";
    public const string Done = "DONE";
    public const string Stopped = "STOPPED";

    private const int ChunkBytes = 1 << 20;
    private const int PieceBytes = 4096;
    private const byte CtrlC = 3;
    private const ulong Seed = 5;

    private static readonly string[] Words =
        ["alpha", "bravo", "connection", "delta", "error", "foxtrot", "GET", "/index.html", "200", "warning:", "src/main.cc:42:", "unused"];

    /// <summary>Lines of words that differ, and compress as logs do. The same bytes each time. Through the line discipline, as `cat` prints.</summary>
    public static int RunLog(int megabytes)
    {
        SeededRandom random = new(Seed);
        StringBuilder text = new();
        while (text.Length < ChunkBytes)
        {
            for (int words = 3 + random.Next(10); words > 0; words--)
            {
                text.Append(Words[random.Next(Words.Length)]).Append(' ');
            }

            text.Append('\n');
        }

        byte[] chunk = Encoding.ASCII.GetBytes(text.ToString(0, ChunkBytes));
        _ = RawTerminal.Write(Encoding.ASCII.GetBytes(Ready));
        _ = RawTerminal.TryRead(long.MaxValue, out _);
        for (int i = 0; i < megabytes; i++)
        {
            _ = RawTerminal.Write(chunk);
        }

        return StayWith($"\r\n{Done}\r\n");
    }

    /// <summary>Random letters and digits, which hardly compress.</summary>
    public static int RunEndless()
    {
        RawTerminal.Enter();
        SeededRandom random = new(Seed);
        byte[] piece = new byte[PieceBytes];
        while (true)
        {
            random.Fill(piece);
            for (int i = 0; i < piece.Length; i++)
            {
                piece[i] = (i % 78) switch { 76 => (byte)'\r', 77 => (byte)'\n', _ => (byte)("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[piece[i] & 63]) };
            }

            if (!RawTerminal.Write(piece) || !RawTerminal.TryRead(0, out ReadOnlySpan<byte> keys))
            {
                return 0;
            }

            if (keys.Contains(CtrlC))
            {
                // What the terminal has not taken yet is thrown away, as the line discipline does on an interrupt.
                _ = Libc.ioctl(1, Libc.TCFLSH, (void*)Libc.TCOFLUSH);
                return StayWith($"\r\n{Stopped}\r\n");
            }
        }
    }

    private static int StayWith(string lastWords)
    {
        _ = RawTerminal.Write(Encoding.ASCII.GetBytes(lastWords));
        while (RawTerminal.TryRead(long.MaxValue, out _))
        {
        }

        return 0;
    }
}
