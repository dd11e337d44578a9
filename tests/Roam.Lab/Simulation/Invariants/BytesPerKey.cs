namespace Roam.Lab;

/// <summary>Q2: on a calm path the client's bytes stay in proportion to what was typed and what had to be acknowledged.</summary>
internal sealed class BytesPerKey() : Invariant("Q2 bytes")
{
    /// <summary>A datagram for the key, one for the acknowledgement of its echo, each below 120 bytes; and room for bursts that are split.</summary>
    private const long BytesPerKeyMax = 350;

    /// <summary>Ten acknowledgements a second while the program writes.</summary>
    private const long BytesPerSecondMax = 1200;

    private const long BytesAtStartMax = 2000;

    /// <summary>Of history every second datagram is acknowledged.</summary>
    private const long BytesPerStreamDatagramMax = 45;

    public override void AtEndOf(SimWorld world, SimPhase phase)
    {
        if (phase == SimPhase.Settling && world.Options.IsCalm)
        {
            long limit = BytesAtStartMax + (world.User.KeysTyped * BytesPerKeyMax) + (world.NowMillis * BytesPerSecondMax / 1000)
                + ((world.Client.Session.Connection.Streams?.Counters.DatagramsReceived ?? 0) * BytesPerStreamDatagramMax);
            Check(world.Client.BytesSent <= limit, $"the client sent {world.Client.BytesSent} bytes for {world.User.KeysTyped} keys in {world.NowMillis} ms");
        }
    }
}
