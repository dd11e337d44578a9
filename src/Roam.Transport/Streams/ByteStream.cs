using System.Numerics;

namespace Roam.Transport;

/// <summary>One stream: two halves, and what is still to be said about it.</summary>
internal sealed class ByteStream(BufferPool pool)
{
    private const uint EndEvents = (1u << (int)StreamEventKind.Refused) | (1u << (int)StreamEventKind.Reset);

    /// <summary>What it was opened with; when it is refused, the text of that.</summary>
    private byte[] _target = [];
    private int _targetBytes;
    private StreamLinks _links;

    /// <summary>One bit for each event that waits.</summary>
    private uint _events;

    internal ulong Id { get; private set; }

    internal StreamKind Kind { get; private set; }

    internal SendBuffer Send { get; } = new(pool);

    internal ReceiveBuffer Receive { get; } = new(pool);

    /// <summary>Its places in lists; of <see cref="StreamTable"/>, the next with the same bucket.</summary>
    internal Span<StreamLink> Links => _links;

    internal ByteStream? NextInBucket { get; set; }

    /// <summary>Of <see cref="SendOrder"/>: little waits since it was empty, how much more may go as such, and how much went in its turn.</summary>
    internal bool IsSparse { get; set; }

    internal int SparseBytesLeft { get; set; }

    internal int TurnBytes { get; set; }

    /// <summary>What it counts for in the sum of all streams' send buffers.</summary>
    internal long HeldCounted { get; set; }

    internal int DatagramsCounted { get; set; }

    /// <summary>Datagrams to be sent and to be read; none before the first.</summary>
    internal DatagramQueue? DatagramsOut { get; private set; }

    internal DatagramQueue? DatagramsIn { get; private set; }

    internal int DatagramBytesOut => DatagramsOut?.Bytes ?? 0;

    internal int DatagramBytesIn => DatagramsIn?.Bytes ?? 0;

    /// <summary>Opened here.</summary>
    internal bool IsLocal { get; private set; }

    /// <summary>Opened here, or the peer's OPEN came: the layer above may hear of it. Bytes may come before.</summary>
    internal bool IsKnown { get; private set; }

    internal bool IsOpenDue { get; set; }

    internal bool IsOpenAcknowledged { get; set; }

    internal bool IsLimitDue { get; set; }

    /// <summary>OPENED has been said, or has come.</summary>
    internal bool IsAnswered { get; private set; }

    internal bool IsAnswerDue { get; set; }

    internal bool IsAnswerAcknowledged { get; set; }

    /// <summary>Nothing is read here any more; the peer is asked to write no more.</summary>
    internal bool IsStopped { get; private set; }

    internal bool IsStopDue { get; set; }

    internal ulong StopReason { get; private set; }

    internal bool IsStoppedByPeer { get; set; }

    /// <summary>The end is said by REFUSED instead of RESET: nothing was ever written here.</summary>
    internal bool IsRefusal { get; private set; }

    /// <summary>Nothing more is read or written here; a RESET says so until it is acknowledged.</summary>
    internal bool IsReset { get; private set; }

    internal bool IsResetDue { get; set; }

    internal bool IsResetAcknowledged { get; set; }

    internal ulong ResetReason { get; private set; }

    /// <summary>Bytes that had been sent when it was reset.</summary>
    internal ulong ResetAt { get; private set; }

    /// <summary>The layer above is told, if it has heard of the stream.</summary>
    internal bool IsResetByPeer { get; private set; }

    /// <summary>The peer has said how many bytes it sent in all.</summary>
    internal bool HasPeerEnded { get; set; }

    /// <summary>A write did not find room for all.</summary>
    internal bool WantsRoom { get; set; }

    internal ReadOnlySpan<byte> Target => _target.AsSpan(0, _targetBytes);

    internal bool IsChannel => Kind >= StreamKind.Connect;

    internal bool HasControlDue => IsOpenDue || IsLimitDue || IsResetDue || IsAnswerDue || IsStopDue;

    internal bool HasEvents => IsKnown && (_events & Tellable) != 0;

    /// <summary>The answer to an OPEN may be overtaken by bytes: they wait for it.</summary>
    private uint Tellable => IsLocal && !IsAnswered && IsChannel ? EndEvents : uint.MaxValue;

    /// <summary>Both ends know all there is to know; it may be forgotten.</summary>
    internal bool IsDone
    {
        get
        {
            bool isSaid = IsReset ? IsResetAcknowledged : Send.IsAllAcknowledged;
            bool isHeard = IsReset || IsResetByPeer || IsStopped ? HasPeerEnded : Receive.IsAllConsumed;
            bool isOpened = IsLocal ? IsOpenAcknowledged : IsKnown || IsReset || IsResetByPeer;

            // A channel is answered whatever was said meanwhile: the end that opened it waits for that.
            bool isAnswered = (IsLocal ? IsAnswered : IsAnswerAcknowledged) || (!IsAnswered && !IsChannel) || IsReset || IsResetByPeer;
            return isSaid && isHeard && isOpened && isAnswered && !HasEvents;
        }
    }

    /// <summary>For the text of a failure.</summary>
    public override string ToString() =>
        $"{Id} {Kind}: known {IsKnown} open {IsOpenAcknowledged} answered {IsAnswered}/{IsAnswerDue}/{IsAnswerAcknowledged} stopped {IsStopped}/{IsStopDue}/{IsStoppedByPeer} reset {IsReset}/{IsResetDue}/{IsResetAcknowledged}/{IsResetByPeer} peer ended {HasPeerEnded}, written {Send.WrittenTo} sent {Send.SentTo} acked {Send.AckedTo} all {Send.IsAllAcknowledged}, came {Receive.Highest} read {Receive.Consumed} all {Receive.IsAllConsumed}, events {_events:X}";

    internal void Begin(ulong id, bool isLocal)
    {
        Id = id;
        IsLocal = isLocal;
        Kind = StreamKind.None;
        IsKnown = IsOpenDue = IsOpenAcknowledged = IsLimitDue = false;
        IsReset = IsResetDue = IsResetAcknowledged = IsResetByPeer = HasPeerEnded = WantsRoom = false;
        IsAnswered = IsAnswerDue = IsAnswerAcknowledged = IsStopped = IsStopDue = IsStoppedByPeer = IsRefusal = false;
        ResetReason = ResetAt = StopReason = 0;
        _targetBytes = 0;
        _events = 0;
        IsSparse = false;
        SparseBytesLeft = TurnBytes = 0;
        HeldCounted = DatagramsCounted = 0;
    }

    /// <summary>Nothing of it is needed any more.</summary>
    internal void End()
    {
        Send.Clear();
        Receive.Clear();
        DropDatagrams();
    }

    internal DatagramQueue NeedDatagramsOut() => DatagramsOut ??= new DatagramQueue(pool);

    internal DatagramQueue NeedDatagramsIn() => DatagramsIn ??= new DatagramQueue(pool);

    private void DropDatagrams()
    {
        DatagramsOut?.Clear();
        DatagramsIn?.Clear();
    }

    internal void MakeKnown(StreamKind kind, ReadOnlySpan<byte> target)
    {
        Kind = kind;
        IsKnown = true;
        IsOpenDue = IsLocal;
        Keep(target);
        if (!IsLocal)
        {
            Raise(StreamEventKind.Opened);
        }
    }

    internal void Raise(StreamEventKind kind) => _events |= 1u << (int)kind;

    internal StreamEventKind TakeEvent()
    {
        int first = BitOperations.TrailingZeroCount(_events & Tellable);
        _events &= ~(1u << first);
        return (StreamEventKind)first;
    }

    /// <summary>Ends it from here.</summary>
    internal void Reset(ulong reason)
    {
        if (IsReset)
        {
            return;
        }

        IsReset = IsResetDue = true;
        IsLimitDue = WantsRoom = IsAnswerDue = IsStopDue = false;
        ResetReason = reason;
        ResetAt = Send.SentTo;
        _events = 0;
        Send.Abandon();
        DropDatagrams();
    }

    /// <summary>The peer's stream is served.</summary>
    internal void Accept() => IsAnswered = IsAnswerDue = true;

    /// <summary>The peer serves ours.</summary>
    internal void TakeAccepted()
    {
        IsAnswered = true;
        Raise(StreamEventKind.Accepted);
    }

    /// <summary>Ends the peer's stream before it was served.</summary>
    internal void Refuse(StreamRefusal reason, ReadOnlySpan<byte> text)
    {
        Reset((ulong)reason);
        IsRefusal = true;
        Keep(text);
    }

    /// <summary>The peer does not serve ours.</summary>
    internal void TakeRefused(ulong reason, ReadOnlySpan<byte> text)
    {
        bool isNews = !IsReset && !IsResetByPeer;
        TakeReset(reason);
        if (isNews)
        {
            // Whatever of ours had been sent, the reason is the peer's.
            ResetReason = reason;
            _events = 0;
            Keep(text);
            Raise(StreamEventKind.Refused);
        }
    }

    /// <summary>Nothing is read here any more.</summary>
    internal void Stop(ulong reason)
    {
        IsStopped = IsStopDue = true;
        IsLimitDue = false;
        StopReason = reason;
        _events &= ~((1u << (int)StreamEventKind.Readable) | (1u << (int)StreamEventKind.Finished) | (1u << (int)StreamEventKind.Datagram));
        DatagramsIn?.Clear();
    }

    /// <summary>The target; of a refused stream the reason in words.</summary>
    private void Keep(ReadOnlySpan<byte> text)
    {
        if (text.Length > _target.Length)
        {
            _target = new byte[text.Length];
        }

        text.CopyTo(_target);
        _targetBytes = text.Length;
    }

    /// <summary>The peer ended it.</summary>
    internal void TakeReset(ulong reason)
    {
        bool isNews = !IsResetByPeer && !IsReset;
        bool isHeardOf = (_events & (1u << (int)StreamEventKind.Opened)) == 0;
        IsResetByPeer = HasPeerEnded = true;
        if (!isNews)
        {
            return;
        }

        // The peer must hear how much was sent, if it does not know yet: it counts against its window.
        if (!Send.IsAllAcknowledged)
        {
            Reset(reason);
        }

        IsLimitDue = WantsRoom = IsAnswerDue = IsStopDue = false;
        _events = 0;
        if (isHeardOf)
        {
            Raise(StreamEventKind.Reset);
        }
    }
}
