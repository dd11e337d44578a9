namespace Roam.Lab;

/// <summary>Reads and never answers.</summary>
internal sealed class SilentProgram(SimRandom random) : SimProgram(random)
{
    protected override void OnStart(long nowMicros)
    {
    }

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
    }
}
