using Roam.Host;

namespace Roam.Tests.Host.Login;

public sealed class PipedProcessTests
{
    private const int Patience = 60_000;

    [Fact]
    public void Output_and_errors_are_told_apart_line_by_line()
    {
        using PipedProcess process = Start("echo one; echo two >&2; printf three");
        List<(PipeEvent, string)> events = [];
        PipeEvent news;
        do
        {
            news = process.Next(wantsToWrite: false, Patience, out string line);
            events.Add((news, line));
        }
        while (news != PipeEvent.Ended);
        Assert.Contains((PipeEvent.Line, "one"), events);
        Assert.Contains((PipeEvent.Line, "three"), events);
        List<string> errors = [.. events.Where(e => e.Item1 == PipeEvent.ErrorLine).Select(e => e.Item2)];
        Assert.Equal(0, process.WaitForExit(Patience, errors.Add));
        Assert.Equal(["two"], errors);
    }

    [Fact]
    public void Nothing_is_read_beyond_the_line_that_is_the_last_of_ours()
    {
        using PipedProcess process = Start("echo text; read go; echo last; printf 'frames'; read x");
        Assert.Equal(PipeEvent.Line, process.Next(wantsToWrite: false, Patience, out _));
        process.ReadsByByte = true;
        Assert.Equal(3, process.Write("go\n"u8));
        Assert.Equal(PipeEvent.Line, process.Next(wantsToWrite: false, Patience, out string line));
        Assert.Equal("last", line);
        Assert.False(process.HasReadAhead);
    }

    [Fact]
    public void A_line_without_end_comes_in_pieces()
    {
        using PipedProcess process = Start("head -c 200000 /dev/zero | tr '\\0' x; echo; echo after");
        int length = 0;
        PipeEvent news;
        while ((news = process.Next(wantsToWrite: false, Patience, out string piece)) == PipeEvent.Piece)
        {
            length += piece.Length;
            Assert.InRange(piece.Length, 1, 64 * 1024);
        }

        Assert.Equal(PipeEvent.Line, news);
        Assert.InRange(length, 131_072, 200_000);
        Assert.Equal(PipeEvent.Line, process.Next(wantsToWrite: false, Patience, out string line));
        Assert.Equal("after", line);
    }

    [Fact]
    public void A_reader_that_is_gone_is_no_signal()
    {
        using PipedProcess process = Start("exec <&-; echo closed; read x");
        Assert.Equal(PipeEvent.Line, process.Next(wantsToWrite: false, Patience, out _));
        Assert.Equal(-1, process.Write("x"u8));
    }

    [Fact]
    public void A_program_that_does_not_end_is_ended()
    {
        using PipedProcess process = Start("exec sleep 1000");
        Assert.Equal(PipeEvent.Timeout, process.Next(wantsToWrite: false, 0, out _));
        Assert.Equal(128 + 15, process.WaitForExit(0, static _ => { }));
    }

    [Fact]
    public void Errors_without_end_do_not_keep_a_program_from_ending()
    {
        using PipedProcess process = Start("head -c 1000000 /dev/zero | tr '\\0' '\\n' >&2; exit 7");
        int lines = 0;
        Assert.Equal(7, process.WaitForExit(Patience, _ => lines++));
        Assert.Equal(1_000_000, lines);
    }

    private static PipedProcess Start(string command)
    {
        PipedProcess? process = PipedProcess.TryStart(["sh", "-c", command], out string error);
        Assert.True(process is not null, error);
        return process;
    }
}
