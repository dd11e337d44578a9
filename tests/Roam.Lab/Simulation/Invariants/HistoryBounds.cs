using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>H3: what the history takes stays within its named limits: the server's log, the stream between, the lines that wait at the client.</summary>
internal sealed class HistoryBounds() : Invariant("H3 memory")
{
    /// <summary>Lines of one block beyond the limit. The shortest record is three bytes.</summary>
    private const int WaitingMax = PendingHistory.LinesMax + (HistoryBlock.RecordBytesMax / 3);

    /// <summary>Arrays that grow by doubling, one block beyond the limit, twice while they are moved.</summary>
    private const int WaitingBytesMax = 4 * (PendingHistory.BytesMax + HistoryBlock.RecordBytesMax);

    public override void AfterTurn(SimWorld world, SimNode node)
    {
        StreamSet? streams;
        if (node == world.Server)
        {
            CheckLog(world);
            streams = world.Server.Session.Connection.Streams;
        }
        else
        {
            PendingHistory pending = world.Client.Session.History;
            Check(pending.Count <= WaitingMax, $"{pending.Count} lines wait at the client");
            Check(pending.BytesHeld <= WaitingBytesMax, $"lines that wait at the client take {pending.BytesHeld} bytes");
            streams = world.Client.Session.Connection.Streams;
        }

        Check(streams is null || streams.BytesHeld <= StreamLimits.ConnectionWindowBytes, $"the {node.Name} holds {streams?.BytesHeld} bytes of streams");
        Check(streams is null || streams.OpenCount <= StreamLimits.StreamsMax, $"the {node.Name} has {streams?.OpenCount} streams");
    }

    private void CheckLog(SimWorld world)
    {
        if (world.Server.Session.History is { } log)
        {
            int lines = world.Options.Server.HistoryLines;
            long bytes = Math.Max(HistoryLog.BytesMin, (long)lines * HistoryLog.BytesPerLine);
            Check(log.Count <= lines, $"the server keeps {log.Count} lines of {lines}");
            Check(log.Bytes <= bytes, $"the server's lines take {log.Bytes} bytes of {bytes}");
        }
    }
}
