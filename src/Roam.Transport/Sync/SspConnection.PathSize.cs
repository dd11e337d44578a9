namespace Roam.Transport;

/// <summary>How long datagrams may be: cutting shorter when long ones stay unanswered, and looking for a longer size in quiet moments (<see cref="PathSize"/>).</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    private const int FragmentOverheadBytes = DatagramCodec.OverheadBytes + FragmentHeader.Bytes;

    /// <summary>An acknowledgement that comes sooner after the short datagrams is one of the long ones before.</summary>
    private const int AnswerPercent = 70;

    /// <summary>Room for the instruction's other fields and for the compressor's own bytes.</summary>
    private const int PaddingSlackBytes = 64;

    /// <summary>A probe goes only when nothing else went for so long: its acknowledgement is then its own.</summary>
    private const long ProbeQuietMillis = 1000;

    private readonly PathSize _path;

    /// <summary>What the instruction under way is cut to.</summary>
    private int _cutBytes;

    /// <summary>Decides the size of the datagrams of an instruction that was just made.</summary>
    private void Cut(Instant now, SendReason reason, ulong number, int padToBytes)
    {
        int whole = _fragmenter.Instruction.Length + FragmentOverheadBytes;
        if (padToBytes != 0)
        {
            _cutBytes = Math.Max(whole, _path.Bytes);
            _path.TakeProbeSent(now, number, whole);
            return;
        }

        bool fits = whole <= PathSize.FloorBytes;
        long patienceMillis = RtoMillis + StockTiming.AckDelayMillis;
        bool isSuspect = !_isCarried && _path.IsSuspect(now, _sent.OldestLongAt, patienceMillis, reason == SendReason.Probe, _timing.Loss);
        bool isCutShort = !fits && _path.Bytes > PathSize.FloorBytes && isSuspect;
        _cutBytes = isCutShort ? PathSize.FloorBytes : _path.Bytes;
        _sent.NoteCut(now, isLong: Math.Min(whole, _cutBytes) > PathSize.FloorBytes, isCutShort);
    }

    /// <summary>A state was acknowledged, and is the first now: what that says about long datagrams.</summary>
    /// <param name="now">The time of the loop turn.</param>
    /// <param name="settledLong">It, or one sent before it, was cut long.</param>
    private void LearnPathSize(Instant now, bool settledLong)
    {
        _path.TakeAcknowledged(_sent.First.Number);
        bool isCutShort = _sent.First.CutShortAt != Instant.Never;
        bool answersLong = !isCutShort || now.Micros - _sent.First.CutShortAt.Micros < _roundTrip.Current.SrttMicros * AnswerPercent / 100;
        if (_sent.First.IsLong && answersLong)
        {
            _path.TakeArrived(now);
        }
        else if (isCutShort && settledLong)
        {
            _path.TakeMissed(now, _timing.Loss);
        }
    }

    /// <summary>Chaff that makes a bare acknowledgement a probe of the path's size; 0: an ordinary one.</summary>
    private int SizeToProbe(Instant now)
    {
        if (IsShuttingDown || !_sent.First.EqualsLast || now.MillisSince(_lastSend) < ProbeQuietMillis)
        {
            return 0;
        }

        int bytes = _path.NextProbeBytes(now);
        return bytes == 0 ? 0 : bytes - FragmentOverheadBytes - PaddingSlackBytes;
    }
}
