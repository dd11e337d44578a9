using System.Net.Sockets;
using System.Text;
using Roam.Host;

namespace Roam.Tests.Host.Files;

/// <summary>Says to a receiver whatever a test wants.</summary>
internal sealed class HostileSender : IDisposable
{
    private static readonly byte[] Key = new byte[SipHash128.KeyBytes];

    private readonly SocketPair _pair = new();
    private readonly FrameOutput _output;
    private readonly Thread _receiving;
    private readonly List<CopyNote> _notes = [];
    private bool _isGood;

    public HostileSender(string destination, CopyFlags flags, params ExpectedName[] expected)
    {
        _output = new FrameOutput(_pair.LeftFd);
        _receiving = new Thread(() =>
        {
            FrameOutput answers = new(_pair.RightFd);
            using CopyReceiver receiver = new(new FileSystem(), new FrameInput(_pair.RightFd), answers, flags, Key, _notes.Add);
            receiver.Expected.AddRange(expected);
            _isGood = receiver.Run(Encoding.UTF8.GetBytes(destination));
            answers.Finish();
            _pair.Right.Shutdown(SocketShutdown.Both);
        });
        _receiving.Start();
        // Nobody listens to the answers, but they must have somewhere to go.
        new Thread(Drain) { IsBackground = true }.Start();
    }

    public HostileSender Say(FrameType type, params long[] numbers)
    {
        PayloadWriter writer = new(new byte[PayloadWriter.BytesMax]);
        foreach (long number in numbers)
        {
            writer.Number(number);
        }

        _output.Send(type, writer.Written);
        return this;
    }

    public HostileSender Raw(FrameType type, ReadOnlySpan<byte> payload)
    {
        _output.Send(type, payload);
        return this;
    }

    public HostileSender Enter(string name)
    {
        PayloadWriter writer = new(new byte[PayloadWriter.BytesMax]);
        writer.Number(0x1ED);
        writer.Times(default);
        writer.Bytes(Encoding.UTF8.GetBytes(name));
        _output.Send(FrameType.Enter, writer.Written);
        return this;
    }

    public HostileSender File(long id, long size, string name)
    {
        PayloadWriter writer = new(new byte[PayloadWriter.BytesMax]);
        writer.Number(id);
        writer.Number(size);
        writer.Bytes(Encoding.UTF8.GetBytes(name));
        _output.Send(FrameType.File, writer.Written);
        return this;
    }

    public HostileSender Link(string name, string target)
    {
        PayloadWriter writer = new(new byte[PayloadWriter.BytesMax]);
        writer.Bytes(Encoding.UTF8.GetBytes(name));
        writer.Bytes(Encoding.UTF8.GetBytes(target));
        _output.Send(FrameType.Link, writer.Written);
        return this;
    }

    public HostileSender Content(long id, string content)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        PayloadWriter writer = new(new byte[PayloadWriter.BytesMax]);
        writer.Number(id);
        writer.Number(bytes.Length);
        writer.Number(0x1A4);
        writer.Times(default);
        _output.Send(FrameType.Begin, writer.Written);
        _output.Send(FrameType.Data, bytes);
        SipHash128 whole = new(Key);
        whole.Append(SipHash128.Of(Key, bytes));
        writer = new PayloadWriter(new byte[16]);
        writer.Hash(whole.Result());
        _output.Send(FrameType.End, writer.Written);
        return this;
    }

    /// <summary>Says no more. True: the receiver believed all of it.</summary>
    public bool End(out string notes)
    {
        _output.Finish();
        _pair.Left.Shutdown(SocketShutdown.Send);
        _receiving.Join();
        notes = string.Join('\n', _notes.Select(n => $"{PrintableName.Of(n.Path)}: {n.Text}"));
        return _isGood;
    }

    public void Dispose() => _pair.Dispose();

    private void Drain()
    {
        FrameInput input = new(_pair.LeftFd);
        while (input.Next(out _, out _))
        {
        }
    }
}
