using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// The program's terminal as part of the state. Only the host can read it, and nothing tells when it changes, so the session asks for it at the moments at which it matters:
/// whenever a frame may be made, when the program got keys, when their echo is acknowledged, and once after output.
/// </summary>
public sealed partial class ServerSession
{
    /// <summary>
    /// A program that shows its prompt first and turns the echo off then is noticed so long after the prompt; a frame has gone meanwhile. Longer than starting stty takes,
    /// shorter than anybody needs to read the prompt.
    /// </summary>
    public const int LookAfterOutputMillis = 20;

    private bool _saysFarTerminal;

    /// <summary>The host is asked in this turn although no frame is due ...</summary>
    private bool _looks;

    /// <summary>... and once more then.</summary>
    private Instant _looksAt = Instant.Never;

    /// <summary>
    /// Ask in each turn, after all input and before <see cref="PollTransmit"/>: true means that <see cref="SetFarTerminal"/> is wanted now. Never true for a client that has no use for it.
    /// </summary>
    public bool WantsFarTerminal(Instant now) => _saysFarTerminal && (_looks || _looksAt <= now || _connection.IsSendDue(now));

    /// <summary>The pty's flags as they are now. Which screen the program shows is known here. A change is a new state, also when the picture stays as it is.</summary>
    public void SetFarTerminal(Instant now, bool isCanonical, bool echoes)
    {
        FarTerminal far = WithScreenOfFrame(new FarTerminal(IsKnown: true, isCanonical, echoes, IsAlternateScreen: false));
        if (!_saysFarTerminal || far == _local.FarTerminal)
        {
            return;
        }

        _local.FarTerminal = far;
        LookAgain(now);
        if (!_connection.HasUnsentChange || _connection.IsUnsentChangeMinor)
        {
            // A frame that is being collected takes it along as it is, and is not held up by it.
            _connection.SetLocal(now, _local);
        }
    }

    private FarTerminal WithScreenOfFrame(FarTerminal far) => far.IsKnown ? far with { IsAlternateScreen = _emulator.FrameScreen.IsAlternate } : far;

    /// <summary>
    /// A kernel that echoes is what the client may draw by, so that it stopped must be noticed soon. Without that the client waits for proof anyway,
    /// and the acknowledgement of the next echo is soon enough.
    /// </summary>
    private void LookAgain(Instant now)
    {
        if (_local.FarTerminal is { IsCanonical: true, Echoes: true })
        {
            _looksAt = now.PlusMillis(LookAfterOutputMillis);
        }
    }

    /// <summary>The host was asked, and has answered or never will.</summary>
    private void EndLook(Instant now)
    {
        _looks = false;
        _looksAt = _looksAt <= now ? Instant.Never : _looksAt;
    }
}
