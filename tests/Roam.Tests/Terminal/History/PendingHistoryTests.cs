using System.Globalization;
using Roam.Terminal;

namespace Roam.Tests.Terminal.History;

/// <summary>The client's waiting lines: exactly once, in order, holes said.</summary>
public class PendingHistoryTests
{
    private readonly Emulator _server = new(20, 1, new EmulatorOptions { HistoryLines = 1000 });
    private readonly PendingHistory _pending = new();

    public PendingHistoryTests()
    {
        for (int i = 0; i < 100; i++)
        {
            _server.Write(i.ToString(CultureInfo.InvariantCulture) + "\r\n");
        }
    }

    [Fact]
    public void Lines_come_out_in_the_order_of_their_numbers()
    {
        Take(0, 10);
        Take(10, 5);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => i.ToString(CultureInfo.InvariantCulture)), Texts());
        _pending.Commit(4);
        Assert.Equal((4ul, 15ul, 11), (_pending.Next, _pending.Wanted, _pending.Count));
        Assert.Equal("4", Texts()[0]);
    }

    [Fact]
    public void Lines_that_came_already_are_not_taken_again()
    {
        Take(0, 10);
        _pending.Commit(10);
        Take(5, 10);
        Assert.Equal(["10", "11", "12", "13", "14"], Texts());
    }

    [Fact]
    public void A_hole_is_a_gap_and_gaps_in_a_row_are_one()
    {
        Take(0, 2);
        _pending.AppendGap(2, 3);
        Take(8, 2);
        Assert.Equal(["0", "1", "gap 2+6", "8", "9"], Texts());
        _pending.Commit(3);
        Assert.Equal(8ul, _pending.Next);
    }

    [Fact]
    public void A_gap_over_known_lines_says_nothing()
    {
        Take(0, 5);
        _pending.AppendGap(1, 3);
        Assert.Equal(5, _pending.Count);
        _pending.AppendGap(3, 4);
        Assert.Equal("gap 5+2", Texts()[^1]);
        _pending.AppendGap(3, ulong.MaxValue);
        Assert.Equal(ulong.MaxValue, _pending.Wanted);
    }

    [Fact]
    public void It_starts_where_it_is_told()
    {
        _pending.StartAt(50);
        Take(48, 4);
        Assert.Equal(["50", "51"], Texts());
    }

    [Fact]
    public void It_says_when_it_is_full_and_takes_more_after_a_commit()
    {
        ulong n = 0;
        while (!_pending.IsFull)
        {
            Assert.True(_pending.Append(n++, Record(7)));
        }

        Assert.Equal(PendingHistory.LinesMax, _pending.Count);
        _pending.Commit(1000);
        Assert.False(_pending.IsFull);
        Assert.Equal(1000ul, _pending.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("A0010541")]
    [InlineData("0000")]
    [InlineData("FFFFFF7F00")]
    [InlineData("0C0201")]
    public void Malformed_records_are_refused_and_nothing_of_them_is_kept(string hex)
    {
        Take(0, 1);
        Assert.Equal(hex.Length == 0, _pending.Append(1, Convert.FromHexString(hex)));
        Assert.Equal(1, _pending.Count);
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        byte[] bytes = new byte[60];
        Cell[] cells = new Cell[Screen.SideMax];
        for (int seed = 0; seed < 20_000; seed++)
        {
            Random random = new(seed);
            random.NextBytes(bytes);
            int length = random.Next(4, bytes.Length);
            (bytes[0], bytes[1], bytes[2]) = ((byte)(0xA4 | random.Next(8)), 1, (byte)(length - 3));
            bytes[3] = (byte)random.Next(20);
            for (int i = 4; i < length; i++)
            {
                bytes[i] = random.Next(3) == 0 ? (byte)random.Next(8) : bytes[i];
            }

            PendingHistory pending = new();
            if (pending.Append(0, bytes.AsSpan(0, length)))
            {
                pending.Read(0, _server.Screen.Tables, cells.AsSpan(0, random.Next(1, 40)));
            }
        }
    }

    private ReadOnlySpan<byte> Record(ulong number)
    {
        Assert.True(_server.History!.TryGet(number, out ReadOnlySpan<byte> record));
        return record;
    }

    private void Take(ulong from, int count)
    {
        Assert.Equal(count, _server.History!.GetRun(from, RunBytes(from, count), out ReadOnlySpan<byte> records));
        Assert.True(_pending.Append(from, records));
    }

    private int RunBytes(ulong from, int count)
    {
        int bytes = 0;
        for (int i = 0; i < count; i++)
        {
            bytes += Record(from + (ulong)i).Length;
        }

        return bytes;
    }

    private List<string> Texts()
    {
        List<string> texts = [];
        Cell[] cells = new Cell[20];
        for (int i = 0; i < _pending.Count; i++)
        {
            HistoryLineHead head = _pending.HeadAt(i);
            _pending.Read(i, _server.Screen.Tables, cells);
            texts.Add(head.IsGap ? $"gap {head.Number}+{head.GapCount}" : string.Concat(cells.Select(c => (char)c.Content)).TrimEnd());
        }

        return texts;
    }
}
