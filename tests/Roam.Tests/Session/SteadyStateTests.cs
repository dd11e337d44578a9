using Roam.Terminal;

namespace Roam.Tests.Session;

public sealed class SteadyStateTests
{
    /// <summary>Until the screen has scrolled and every list has its size.</summary>
    private const int WarmUpRounds = 7;

    private static readonly byte[] Line = "the quick brown fox jumps over the lazy dog 0123456789 "u8.ToArray();

    [Theory]
    [InlineData(PredictionMode.Always)]
    [InlineData(PredictionMode.Adaptive)]
    [InlineData(PredictionMode.Never)]
    public void A_keystroke_and_its_echo_allocate_nothing_in_either_session_nor_in_the_painter(PredictionMode mode)
    {
        using SessionPair pair = new(mode);
        for (int i = 0; i < WarmUpRounds; i++)
        {
            TypeForAWhile(pair, 400);
        }

        long frames = pair.FramesPainted;
        Allocation.AssertNone(() => TypeForAWhile(pair, 400));
        Assert.True(pair.FramesPainted - frames >= 400, "the keys reached the screen");
    }

    [Fact]
    public void A_flood_of_output_allocates_nothing()
    {
        using SessionPair pair = new();
        byte[] piece = [.. Enumerable.Range(0, 4000).Select(i => i % 61 == 60 ? (byte)'\n' : (byte)('!' + (i * 7 % 90)))];
        Flood(pair, piece);
        Allocation.AssertNone(() => Flood(pair, piece));
    }

    [Fact]
    public void Flags_of_the_programs_terminal_that_change_with_every_line_allocate_nothing()
    {
        using SessionPair pair = new();
        TypeLines(pair);
        TypeLines(pair);
        Allocation.AssertNone(() => TypeLines(pair));
        Assert.True(pair.Client.Connection.Remote.FarTerminal.IsKnown, "the flags reach the client");
    }

    [Fact]
    public void An_idle_session_allocates_nothing()
    {
        using SessionPair pair = new();
        TypeForAWhile(pair, 50);
        pair.RunForMillis(60_000);
        Allocation.AssertNone(() => pair.RunForMillis(60_000));
    }

    private static void TypeForAWhile(SessionPair pair, int keys)
    {
        Span<byte> key = stackalloc byte[1];
        for (int i = 0; i < keys; i++)
        {
            key[0] = i % 70 == 69 ? (byte)'\r' : Line[i % Line.Length];
            pair.Type(key);
            if (key[0] == '\r')
            {
                pair.Output("\n"u8);
            }

            pair.RunForMillis(40);
        }

        pair.RunForMillis(3500);
    }

    private static void TypeLines(SessionPair pair)
    {
        for (int i = 0; i < 100; i++)
        {
            pair.LineFlags = (true, i % 2 == 0);
            pair.Type("k\r\n"u8);
            pair.RunForMillis(100);
        }

        pair.RunForMillis(3500);
    }

    private static void Flood(SessionPair pair, byte[] piece)
    {
        for (int i = 0; i < 300; i++)
        {
            pair.Output(piece);
            pair.RunForMillis(5);
        }
    }
}
