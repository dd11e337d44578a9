using Roam.Transport;

namespace Roam.Host;

/// <summary>-R without a target: the SOCKS client is at the other end, and the connection is made here.</summary>
internal sealed class SocksStream : IStreamOwner, ITimed, IConnectOwner, IDisposable
{
    private readonly ForwardCore _core;
    private readonly ulong _id;
    private readonly SocksReader _reader = new();
    private Connector? _connector;
    private int _bytesRead;

    private SocksStream(ForwardCore core, ulong id)
    {
        (_core, _id) = (core, id);
    }

    public static void Begin(Instant now, ForwardCore core, ulong id)
    {
        if (core.Connections >= ForwardLimits.ConnectionsMax)
        {
            core.Hub.Channels?.Refuse(id, StreamRefusal.TooMany, "too many forwarded connections");
            return;
        }

        core.Begin();
        SocksStream stream = new(core, id);
        core.Hub.Own(id, stream);
        core.Hub.Channels?.Accept(id);
        core.Hub.At(now.PlusMillis(ForwardLimits.SocksMillisMax), stream);
        stream.Read(now);
    }

    public void Take(Instant now, in StreamEvent e)
    {
        switch (e.Event)
        {
            case StreamEventKind.Readable:
                Read(now);
                break;
            case StreamEventKind.Finished when _connector is null:
                End(now);
                break;
            case StreamEventKind.Reset:
                Dispose();
                _core.End(now);
                break;
        }
    }

    public void Due(Instant now) => End(now);

    public void Connected(Instant now, int fd, bool isTcp)
    {
        Say(null);
        _core.Pump(_id, fd, isTcp);
    }

    public void Failed(Instant now, StreamRefusal reason, string text)
    {
        Say(reason);
        End(now);
    }

    public void Dispose()
    {
        _core.Hub.At(Instant.Never, this);
        _connector?.Cancel();
    }

    private void Read(Instant now)
    {
        while (_connector is null && _core.Hub.Channels is { } channels)
        {
            SocksStep step = _reader.Take(channels.Peek(_id), out int used);
            channels.Consume(_id, used);
            _bytesRead += used;
            switch (step)
            {
                case SocksStep.More when _bytesRead + channels.Peek(_id).Length < ForwardLimits.SocksBytesMax:
                    return;
                case SocksStep.Answer:
                    _ = channels.Write(_id, _reader.Reply);
                    break;
                case SocksStep.Ask:
                    _core.Hub.At(Instant.Never, this);
                    _connector = new Connector(_core, _reader.Place, this);
                    _connector.Begin(now);
                    return;
                default:
                    _ = channels.Write(_id, _reader.Reply);
                    End(now);
                    return;
            }
        }
    }

    private void Say(StreamRefusal? refusal)
    {
        _reader.Conclude(refusal);
        _ = _core.Hub.Channels?.Write(_id, _reader.Reply);
    }

    /// <summary>What was said still arrives.</summary>
    private void End(Instant now)
    {
        Dispose();
        _core.Hub.Disown(_id);
        _core.Hub.Channels?.Finish(_id);
        _core.Hub.Channels?.Stop(_id);
        _core.End(now);
    }
}
