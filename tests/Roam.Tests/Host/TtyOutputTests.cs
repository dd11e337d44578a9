using System.Text;
using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>A pipe that nobody reads stands for a terminal that takes nothing.</summary>
public sealed unsafe class TtyOutputTests : IDisposable
{
    private readonly int _read;
    private readonly int _write;

    public TtyOutputTests()
    {
        int* fds = stackalloc int[2];
        Assert.Equal(0, Libc.pipe2(fds, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
        _read = fds[0];
        _write = fds[1];
    }

    public void Dispose()
    {
        _ = Libc.close(_read);
        _ = Libc.close(_write);
    }

    [Fact]
    public void What_the_terminal_takes_at_once_leaves_nothing_pending()
    {
        TtyOutput output = new(_write, nonBlocking: true);
        Put(output, "hello");
        Assert.False(output.IsEmpty);
        output.Flush();
        Assert.True(output.IsEmpty);
        Assert.Equal("hello", Encoding.ASCII.GetString(ReadAll()));
    }

    [Fact]
    public void A_full_terminal_keeps_the_rest_pending_and_gets_it_in_order()
    {
        TtyOutput output = new(_write, nonBlocking: true);
        byte[] frame = new byte[300_000];
        for (int i = 0; i < frame.Length; i++)
        {
            frame[i] = (byte)(i % 251);
        }

        Put(output, frame);
        output.Flush();
        Assert.False(output.IsEmpty);
        List<byte> got = [];
        while (!output.IsEmpty)
        {
            got.AddRange(ReadAll());
            output.Flush();
        }

        got.AddRange(ReadAll());
        Assert.Equal(frame, got);
    }

    [Fact]
    public void A_frame_over_the_limit_is_dropped_whole_and_said()
    {
        TtyOutput output = new(_write, nonBlocking: true);
        byte[] piece = new byte[1024 * 1024];
        for (int i = 0; i <= TtyOutput.PendingBytesMax / piece.Length; i++)
        {
            Put(output, piece);
        }

        Assert.True(output.Overflowed);
        output.Flush();
        Assert.True(output.IsEmpty);
        Assert.Empty(ReadAll());
        output.ClearOverflow();
        Put(output, "next");
        output.Flush();
        Assert.Equal("next", Encoding.ASCII.GetString(ReadAll()));
    }

    [Fact]
    public void A_terminal_that_is_gone_takes_no_more_and_throws_nothing()
    {
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        int* fds = stackalloc int[2];
        Assert.Equal(0, Libc.pipe2(fds, Libc.O_CLOEXEC | Libc.O_NONBLOCK));
        _ = Libc.close(fds[0]);
        TtyOutput output = new(fds[1], nonBlocking: true);
        Put(output, "hello");
        output.Flush();
        Assert.True(output.IsBroken);
        Assert.True(output.IsEmpty);
        _ = Libc.close(fds[1]);
    }

    private static void Put(TtyOutput output, string text) => Put(output, Encoding.ASCII.GetBytes(text));

    private static void Put(TtyOutput output, byte[] bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    private byte[] ReadAll()
    {
        List<byte> all = [];
        byte* buffer = stackalloc byte[4096];
        nint n;
        while ((n = Libc.read(_read, buffer, 4096)) > 0)
        {
            all.AddRange(new ReadOnlySpan<byte>(buffer, (int)n));
        }

        return [.. all];
    }
}
