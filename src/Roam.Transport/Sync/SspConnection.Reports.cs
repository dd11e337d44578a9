namespace Roam.Transport;

/// <summary>The loss report (docs/protocol.md, section 8): what arrived here, said to the peer; and what the peer says, handed to the timing policy.</summary>
public sealed partial class SspConnection<TLocal, TRemote>
{
    /// <summary>After a datagram was missed every instruction carries the report for so long: nobody knows whether a report arrives.</summary>
    private const long ReportAfterLossMillis = 30_000;

    /// <summary>Else one instruction in so many carries it: less than a byte each.</summary>
    private const long ReportInterval = 16;

    private readonly Arrivals _arrivals = new();
    private Instant _reportInEachUntil = new(long.MinValue);
    private ulong _peerReceived;
    private ulong _peerHighest;

    /// <summary>Set once the peer is known to read loss reports; until then none is written.</summary>
    public bool SendsReports { get; set; }

    internal Arrivals Arrivals => _arrivals;

    /// <summary>Counts an authentic datagram. True for the newest so far: only such a one may touch timestamps, round trip and address, the defence against replay.</summary>
    private bool TakeArrival(Instant now, ulong sequence)
    {
        bool isNewest = sequence >= _arrivals.Highest;
        ulong missing = _arrivals.Missing;
        _arrivals.Add(sequence);
        if (_arrivals.Missing > missing)
        {
            _reportInEachUntil = now.PlusMillis(ReportAfterLossMillis);
        }

        return isNewest;
    }

    private bool IsReportDue(Instant now) =>
        SendsReports && _arrivals.Received != 0 && (now < _reportInEachUntil || _instructionsSent % ReportInterval == 0);

    /// <summary>
    /// Numbers that cannot be, older ones than already known, and the same again are ignored: a report is not worth an instruction, and a repeated or late datagram must change nothing.
    /// </summary>
    private void TakeReport(Instant now, in TransportInstruction instruction)
    {
        ulong received = instruction.ReportReceived;
        ulong highest = instruction.ReportHighest;
        bool isPossible = received <= highest && highest <= _datagrams.NextSequence;
        bool isNews = received >= _peerReceived && highest >= _peerHighest && (received != _peerReceived || highest != _peerHighest);
        if (!isPossible || !isNews)
        {
            return;
        }

        _peerReceived = received;
        _peerHighest = highest;
        Counters.ReportsTaken++;
        _timing.TakeReport(now, received, highest);
    }
}
