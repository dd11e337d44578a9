using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class PayloadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(50_000_000_000)]
    [InlineData(1L << 62)]
    public void A_number_comes_back(long number)
    {
        PayloadWriter writer = new(new byte[16]);
        writer.Number(number);
        PayloadReader reader = new(writer.Written);
        Assert.Equal(number, reader.Number());
        Assert.True(reader.IsDone);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-62135596800)]
    [InlineData(253402300799)]
    public void A_time_before_1970_comes_back(long seconds)
    {
        FileTimes times = new(seconds, 999_999_999, -seconds, 1);
        PayloadWriter writer = new(new byte[64]);
        writer.Times(times);
        PayloadReader reader = new(writer.Written);
        Assert.Equal(times, reader.Times());
        Assert.True(reader.IsDone);
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_give_more_than_there_is()
    {
        Random random = new(7);
        for (int run = 0; run < 20_000; run++)
        {
            byte[] bytes = new byte[random.Next(0, 60)];
            random.NextBytes(bytes);
            PayloadReader reader = new(bytes);
            long number = reader.Number();
            Assert.InRange(number, 0, 1L << 62);
            Assert.True(reader.Bytes(255).Length <= bytes.Length);
            _ = reader.Times();
            _ = reader.Hash();
            _ = Answer.Read(bytes);
            _ = CopyNote.Read(bytes);
        }
    }

    [Fact]
    public void A_number_that_does_not_end_is_none()
    {
        PayloadReader reader = new(Enumerable.Repeat((byte)0xFF, 20).ToArray());
        Assert.Equal(0, reader.Number());
        Assert.False(reader.IsGood);
    }

    [Fact]
    public void A_note_comes_back_with_its_path_as_bytes()
    {
        using SocketPair pair = new();
        FrameOutput output = new(pair.LeftFd);
        CopyNote.Error([(byte)'a', 0xFF, (byte)'\n'], "no").Send(output, mayGrow: false);
        output.Finish();
        Assert.True(new FrameInput(pair.RightFd).Next(out FrameType type, out ReadOnlySpan<byte> payload));
        Assert.Equal(FrameType.Note, type);
        CopyNote note = CopyNote.Read(payload)!;
        Assert.Equal([(byte)'a', 0xFF, (byte)'\n'], note.Path);
        Assert.Equal("no", note.Text);
        Assert.Equal(NoteKind.Error, note.Kind);
    }
}
