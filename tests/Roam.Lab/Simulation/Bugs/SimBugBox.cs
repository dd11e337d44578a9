using Roam.Transport;

namespace Roam.Lab;

/// <summary>Where planted bugs act. This one plants none.</summary>
internal class SimBugBox
{
    public static SimBugBox For(PlantedBug bug, SessionKey key, SimRandom random) => bug switch
    {
        PlantedBug.None => new SimBugBox(),
        PlantedBug.ReplayAccepted or PlantedBug.AddressFollowsReplay or PlantedBug.NonceReused => new SequenceBug(bug, key),
        PlantedBug.AcknowledgesUnseen or PlantedBug.WrongBase or PlantedBug.DiffContentLost or PlantedBug.ThrowawayIgnored => new InstructionBug(bug, key, random),
        PlantedBug.NoRepair or PlantedBug.EndNeverSent or PlantedBug.NoPacing or PlantedBug.ChattyWhenIdle => new TimingBug(bug),
        PlantedBug.LineSentForAnother or PlantedBug.LineNotDrawn or PlantedBug.GuessCommitted => new HistoryBug(bug),
        _ => new OptionBug(bug),
    };

    public virtual SimOptions Change(SimOptions options) => options;

    public virtual ITimingPolicy Change(ITimingPolicy timing, Side side) => timing;

    public virtual ICompressor Change(ICompressor compressor, Side side) => compressor;

    /// <summary>False: the packet vanishes.</summary>
    public virtual bool OnTransmit(SimPacket packet) => true;

    /// <summary>Before the client paints.</summary>
    public virtual void OnPaint(SimClient client)
    {
    }

    /// <summary>... and after.</summary>
    public virtual void OnPainted(SimClient client)
    {
    }

    public virtual void OnReplay(SimPacket packet)
    {
    }
}
