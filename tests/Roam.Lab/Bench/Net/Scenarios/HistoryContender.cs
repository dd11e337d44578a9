namespace Roam.Lab;

/// <summary>Roam with and without history, and what others do, beside each other.</summary>
internal sealed record HistoryContender(SessionPair Pair, string Name, string[] Variables)
{
    /// <summary>Each pair; ours a second time with the history switched off.</summary>
    public static List<HistoryContender> Of(Testbed bed, NetBenchOptions options)
    {
        List<HistoryContender> contenders = [];
        foreach (SessionPair pair in bed.Contenders(options))
        {
            contenders.Add(new HistoryContender(pair, pair.Name, []));
            if (pair.Name == "roam")
            {
                contenders.Add(new HistoryContender(pair, "roam --no-history", ["ROAM_NO_HISTORY=1"]));
            }
        }

        return contenders;
    }
}
