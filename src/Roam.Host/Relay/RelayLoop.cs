using Roam.Transport;

namespace Roam.Host;

/// <summary>One thread, one ppoll over the open socket, the socket towards the target, and signals; what is decided is <see cref="RelayCore"/>'s.</summary>
internal sealed unsafe class RelayLoop(UdpSocket outside, UdpSocket target, in PeerAddress targetAddress, int idBytes, RelayCore core, SignalFd signals)
{
    // As in the server's loop: a flood on one side leaves the other its turn.
    private const int DatagramsPerTurnMax = 128;

    // One byte more than the longest that goes on: what was cut is seen, and dropped.
    private const int DatagramBytesMax = 2048 + Place.IdBytesMax;

    private const int OutsideSlot = 0;
    private const int TargetSlot = 1;
    private const int SignalSlot = 2;
    private const int SlotCount = 3;

    private readonly PeerAddress _targetAddress = targetAddress;
    private readonly byte[] _datagram = new byte[DatagramBytesMax + 1];
    private bool _isStopped;

    /// <summary>SIGHUP and SIGPIPE are taken and dropped.</summary>
    public static ReadOnlySpan<int> Signals => [Libc.SIGHUP, Libc.SIGINT, Libc.SIGTERM, Libc.SIGPIPE];

    public void Run()
    {
        Libc.PollFd* fds = stackalloc Libc.PollFd[SlotCount];
        while (!_isStopped && !core.IsOver(SystemClock.Now))
        {
            fds[OutsideSlot] = new Libc.PollFd { Fd = outside.Fd, Events = Libc.POLLIN };
            fds[TargetSlot] = new Libc.PollFd { Fd = target.Fd, Events = Libc.POLLIN };
            fds[SignalSlot] = new Libc.PollFd { Fd = signals.Fd, Events = Libc.POLLIN };
            LoopWait.Poll(fds, SlotCount, core.NextTimeout);
            Instant now = SystemClock.Now;
            if (fds[OutsideSlot].Revents != 0)
            {
                ForwardToTarget(now);
            }

            if (fds[TargetSlot].Revents != 0)
            {
                ForwardToClient(now);
            }

            if (fds[SignalSlot].Revents != 0)
            {
                HandleSignals();
            }

            if (core.TakeAsk(now))
            {
                Send(now, target, [], _targetAddress, isMarked: false);
            }
        }
    }

    private void ForwardToTarget(Instant now)
    {
        for (int i = 0; i < DatagramsPerTurnMax && outside.TryReceive(_datagram, out int length, out PeerAddress from, out bool isMarked); i++)
        {
            if (length <= DatagramBytesMax && core.TakeFromOutside(now, from, _datagram.AsSpan(0, length)))
            {
                if (core.Client == from)
                {
                    outside.KeepLocalAddress(from);
                }

                Send(now, target, _datagram.AsSpan(idBytes, length - idBytes), _targetAddress, isMarked);
            }
        }
    }

    private void ForwardToClient(Instant now)
    {
        for (int i = 0; i < DatagramsPerTurnMax; i++)
        {
            if (!target.TryReceive(_datagram, out int length, out _, out bool isMarked))
            {
                if (target.LastReceiveError != Libc.ECONNREFUSED)
                {
                    return;
                }

                core.TakeRefusal(now);
            }
            else if (core.TakeFromTarget(now) && length <= DatagramBytesMax)
            {
                Send(now, outside, _datagram.AsSpan(0, length), core.Client, isMarked);
            }
        }
    }

    /// <summary>What cannot be sent is lost, as on any link. A congestion mark of one side is handed on to the other (RFC 3168): it must not be lost half-way.</summary>
    private void Send(Instant now, UdpSocket socket, ReadOnlySpan<byte> datagram, in PeerAddress to, bool isMarked)
    {
        if (isMarked)
        {
            socket.SetCongestionMark(true);
        }

        if (socket.Send(datagram, to) == SendResult.Failed && socket.LastError == Libc.ECONNREFUSED)
        {
            core.TakeRefusal(now);
        }

        if (isMarked)
        {
            socket.SetCongestionMark(false);
        }
    }

    private void HandleSignals()
    {
        while (signals.TryRead(out int signal))
        {
            _isStopped |= signal is Libc.SIGTERM or Libc.SIGINT;
        }
    }
}
