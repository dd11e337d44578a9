#pragma warning disable CA1822
namespace Roam.Terminal;

/// <summary>
/// Predictive local echo: guesses what the program will do with each key, draws the guesses over the newest remote screen and judges them by the screens that arrive.
/// Order: the session tells link and frames whenever they changed, keys as they are typed, and calls <see cref="Overlay"/> on a snapshot of the newest remote screen before it is painted.
/// </summary>
public interface IPredictor
{
    /// <summary>The current send interval (about half the round trip).</summary>
    void SetLink(long sendIntervalMillis);

    /// <summary>Newest client state sent and acknowledged, the echo ack inside the newest screen (ssp.md section 7), and the number of that screen.</summary>
    void SetFrames(ulong frameSent, ulong frameAcked, ulong lateAcked, ulong screenNumber);

    /// <summary>What the server says of its terminal, as it was when the newest screen was made.</summary>
    void SetFarTerminal(FarTerminal far);

    /// <summary>One read's worth of keys, before they are sent; <paramref name="remote"/> is the newest screen from the server, without overlays.</summary>
    void NewUserInput(long nowMicros, ReadOnlySpan<byte> input, Screen remote);

    /// <summary>Forget all guesses.</summary>
    void Reset();

    /// <summary>Judges the guesses against the screen (a snapshot of the newest remote one), then draws those that are to be shown into it.</summary>
    void Overlay(long nowMicros, Screen screen);

    /// <summary>When <see cref="Overlay"/> wants to be called again although nothing arrived.</summary>
    bool NextTimeout(long nowMicros, out long atMicros);
}
