using System.Text;
using Roam.Host;

namespace Roam.Tests.Host.Files;

/// <summary>A whole copy in this process: a sender and a receiver on the two ends of a stream, each with a file system that may fail.</summary>
internal sealed class CopyRun
{
    private static readonly byte[] Key = new byte[SipHash128.KeyBytes];

    private readonly object _gate = new();

    public FileSystem SenderFiles { get; init; } = new();

    public FileSystem ReceiverFiles { get; init; } = new();

    public CopyFlags Flags { get; init; }

    /// <summary>Cuts the connection when so many bytes of content have gone. -1: never.</summary>
    public long CutAfterBytes { get; init; } = -1;

    public List<string> Notes { get; } = [];

    public long BytesSent { get; private set; }

    public CopyTally Tally { get; } = new(static _ => { });

    public bool SenderIsGood { get; private set; }

    public bool ReceiverIsGood { get; private set; }

    public CopyRun Go(string destination, params string[] sources)
    {
        using SocketPair pair = new();
        FrameOutput senderOutput = new(pair.LeftFd);
        FrameOutput receiverOutput = new(pair.RightFd);
        senderOutput.Watch = (type, payload) =>
        {
            Tally.Saw(type, payload);
            BytesSent += type == FrameType.Data ? payload.Length : 0;
            if (CutAfterBytes >= 0 && BytesSent >= CutAfterBytes)
            {
                pair.Cut();
            }
        };
        Thread receiving = new(() =>
        {
            using CopyReceiver receiver = new(ReceiverFiles, new FrameInput(pair.RightFd), receiverOutput, Flags, Key, Note);
            ReceiverIsGood = receiver.Run(Encoding.UTF8.GetBytes(destination));
            receiverOutput.Finish();
            pair.Right.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        });
        receiving.Start();
        CopySender sender = new(SenderFiles, new FrameInput(pair.LeftFd), senderOutput, Flags, Key, Note);
        SenderIsGood = sender.Run([.. sources.Select(Encoding.UTF8.GetBytes)]);
        pair.Left.Shutdown(System.Net.Sockets.SocketShutdown.Both);
        receiving.Join();
        return this;
    }

    /// <summary>All went as it should, without a word.</summary>
    public CopyRun IsGood()
    {
        Assert.Empty(Notes);
        Assert.True(SenderIsGood);
        Assert.True(ReceiverIsGood);
        return this;
    }

    /// <summary>It went on to its end, with one complaint about each of these.</summary>
    public void Complains(params string[] parts)
    {
        Assert.True(SenderIsGood && ReceiverIsGood, string.Join('\n', Notes));
        Assert.Equal(parts.Length, Notes.Count);
        Assert.All(parts, part => Assert.Contains(Notes, n => n.Contains(part, StringComparison.Ordinal)));
    }

    private void Note(CopyNote note)
    {
        lock (_gate)
        {
            Notes.Add($"{PrintableName.Of(note.Path)}: {note.Text}");
        }
    }
}
