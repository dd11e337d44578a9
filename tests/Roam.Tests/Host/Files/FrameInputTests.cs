using System.Net.Sockets;
using System.Text;
using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class FrameInputTests
{
    [Fact]
    public void What_a_login_script_says_before_the_greeting_is_passed_over()
    {
        using SocketPair pair = new();
        pair.Left.Send(Encoding.UTF8.GetBytes("Welcome!\r\n" + new string('x', 5000) + "\nroam-files 12\nlast login: \nroam-files 1\r\n"));
        pair.Left.Send([(byte)FrameType.Finish, 0, 0, 0, 0]);
        FrameInput input = new(pair.RightFd);
        Assert.True(input.SkipTo(FilesEnd.Greeting));
        Assert.True(input.Next(out FrameType type, out _));
        Assert.Equal(FrameType.Finish, type);
    }

    [Fact]
    public void Noise_without_an_end_is_given_up()
    {
        using SocketPair pair = new();
        Thread talker = new(() =>
        {
            try
            {
                while (true)
                {
                    pair.Left.Send(new byte[4096]);
                }
            }
            catch (SocketException)
            {
                // The listener has heard enough.
            }
        });
        talker.Start();
        Assert.False(new FrameInput(pair.RightFd).SkipTo(FilesEnd.Greeting));
        pair.Right.Shutdown(SocketShutdown.Both);
        talker.Join();
    }

    [Fact]
    public void A_frame_longer_than_any_of_ours_ends_the_stream()
    {
        using SocketPair pair = new();
        pair.Left.Send([(byte)FrameType.Data, 0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3]);
        FrameInput input = new(pair.RightFd);
        Assert.False(input.Next(out _, out _));
        Assert.True(input.IsViolated);
    }

    [Fact]
    public void A_stream_that_ends_inside_a_frame_gives_no_frame()
    {
        using SocketPair pair = new();
        pair.Left.Send([(byte)FrameType.Data, 0, 0, 0, 9, 1, 2, 3]);
        pair.Left.Shutdown(SocketShutdown.Both);
        Assert.False(new FrameInput(pair.RightFd).Next(out _, out _));
    }

    [Fact]
    public void Frames_of_every_length_come_as_they_were_sent()
    {
        using SocketPair pair = new();
        int[] lengths = [0, 1, 31, 32 * 1024, CopyLimits.ChunkBytes, CopyLimits.FrameBytesMax, 5, 0];
        FrameOutput output = new(pair.LeftFd);
        Thread sender = new(() =>
        {
            foreach (int length in lengths)
            {
                output.Send(FrameType.Data, ScratchFolder.Noise(length, length));
            }

            output.Finish();
        });
        sender.Start();
        FrameInput input = new(pair.RightFd);
        foreach (int length in lengths)
        {
            Assert.True(input.Next(out _, out ReadOnlySpan<byte> payload));
            Assert.True(payload.SequenceEqual(ScratchFolder.Noise(length, length)));
        }

        sender.Join();
    }
}
