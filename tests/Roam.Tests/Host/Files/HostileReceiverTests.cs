using System.Net.Sockets;
using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class HostileReceiverTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("another file")]
    [InlineData("hashes that are not there")]
    [InlineData("too many answers")]
    [InlineData("hashes without end")]
    [InlineData("a frame of the sender's")]
    [InlineData("nothing")]
    public void Answers_that_make_no_sense_end_the_sender(string what)
    {
        _folder.Write("a", 5_000_000);
        using SocketPair pair = new();
        FrameOutput output = new(pair.LeftFd);
        FrameOutput answers = new(pair.RightFd);
        bool? isGood = null;
        Thread sending = new(() => isGood = new CopySender(new FileSystem(), new FrameInput(pair.LeftFd), output, CopyFlags.None, new byte[16], static _ => { }).Run([_folder.Bytes("a")]));
        sending.Start();
        FrameInput input = new(pair.RightFd);
        Thread listening = new(() =>
        {
            while (input.Next(out _, out _))
            {
            }
        });
        listening.Start();
        switch (what)
        {
            case "another file":
                Answer(answers, 7, (int)AnswerKind.Everything);
                break;
            case "hashes that are not there":
                Answer(answers, 0, (int)AnswerKind.Compare, 5_000_000, 0);
                break;
            case "too many answers":
                for (int i = 0; i < CopyLimits.WindowEntries * 3; i++)
                {
                    Answer(answers, 0, (int)AnswerKind.CompareLater, 1);
                }

                break;
            case "hashes without end":
                Answer(answers, 0, (int)AnswerKind.CompareLater, 5_000_000);
                for (int i = 0; i < 300; i++)
                {
                    answers.Send(FrameType.Hashes, [0, .. new byte[64 * SipHash128.HashBytes]]);
                }

                break;
            case "a frame of the sender's":
                answers.Send(FrameType.Begin, default);
                break;
        }

        answers.Finish();
        pair.Right.Shutdown(SocketShutdown.Send);
        sending.Join();
        output.Finish();
        pair.Left.Shutdown(SocketShutdown.Both);
        listening.Join();
        Assert.False(isGood);
    }

    private static void Answer(FrameOutput output, params long[] numbers)
    {
        PayloadWriter writer = new(stackalloc byte[64]);
        foreach (long number in numbers)
        {
            writer.Number(number);
        }

        output.Send(FrameType.Answer, writer.Written);
    }
}
