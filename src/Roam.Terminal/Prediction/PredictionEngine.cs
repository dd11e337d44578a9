#pragma warning disable CA1822
namespace Roam.Terminal;

/// <summary>Predictive local echo as users of mosh 1.4 know it.</summary>
public sealed class PredictionEngine(PredictionMode mode, bool overwrite) : IPredictor
{
    public PredictionMode Mode => mode;

    public bool Overwrite => overwrite;

    public void SetLink(long sendIntervalMillis)
    {
    }

    public void SetFrames(ulong frameSent, ulong frameAcked, ulong lateAcked)
    {
    }

    public void NewUserInput(long nowMicros, ReadOnlySpan<byte> input, Screen remote)
    {
    }

    public void TypeByte(long nowMicros, byte b, Screen shown)
    {
    }

    public void Reset()
    {
    }

    public void Overlay(long nowMicros, Screen screen)
    {
    }

    public bool NextTimeout(long nowMicros, out long atMicros)
    {
        atMicros = long.MaxValue;
        return false;
    }
}
