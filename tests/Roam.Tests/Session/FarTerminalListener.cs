using Roam.Terminal;

namespace Roam.Tests.Session;

/// <summary>A predictor that guesses nothing and remembers what it was told of the program's terminal.</summary>
internal sealed class FarTerminalListener : IPredictor
{
    public FarTerminal Heard { get; private set; }

    public void SetLink(long sendIntervalMillis)
    {
    }

    public void SetFrames(ulong frameSent, ulong frameAcked, ulong lateAcked, ulong screenNumber)
    {
    }

    public void SetFarTerminal(FarTerminal far) => Heard = far;

    public void NewUserInput(long nowMicros, ReadOnlySpan<byte> input, Screen remote)
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
        atMicros = 0;
        return false;
    }
}
