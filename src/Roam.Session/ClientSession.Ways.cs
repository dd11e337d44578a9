using Roam.Transport;

namespace Roam.Session;

/// <summary>The ways to the server: UDP, and through ssh where UDP does not get through. What the user is told of it: one line when it changes for the worse, nothing when it is well.</summary>
public sealed partial class ClientSession
{
    /// <summary>How long a change of the way is shown.</summary>
    private const long WayNoticeMicros = 4_000_000;

    private const string CarriedNotice = "UDP does not get through; going on through ssh.";

    /// <summary>A failure is told only when nothing was heard for so long: else UDP works again.</summary>
    private const long CarrierFailedSilenceMillis = 1500;

    /// <summary>Logins that a session waits for before it gives up: each may take the time of a person's patience.</summary>
    private const int LoginsWaitedFor = 2;

    private readonly CarrierUse _carrier;

    /// <summary>Since when all ways that there are have been tried.</summary>
    private Instant _triedSince;
    private int _logins;
    private bool _isCarried;
    private bool _hasWayMessage;

    /// <summary>The session goes through ssh now.</summary>
    public bool IsCarried => _connection.Peer.IsCarried;

    private string OnWhat => _carrier == CarrierUse.Only ? " through ssh" : _udpPort == 0 ? "" : $" on UDP port {_udpPort}";

    /// <summary>The host begins to make a way through ssh.</summary>
    public void CarrierStarts(Instant now)
    {
        if (!EverHeard && _logins < LoginsWaitedFor)
        {
            _logins++;
            _triedSince = now;
        }
    }

    /// <summary>There is a way through ssh; datagrams to that address (<see cref="PeerAddress.Carried"/>) go there.</summary>
    public void CarrierReady(Instant now, in PeerAddress address)
    {
        if (!EverHeard)
        {
            _triedSince = now;
        }

        if (!IsFinished)
        {
            _connection.CarrierReady(now, address);
            TakeTransportEvents();
        }
    }

    /// <summary>The way through ssh is gone.</summary>
    public void CarrierLost(Instant now)
    {
        if (!IsFinished)
        {
            _connection.CarrierLost(now);
            TakeTransportEvents();
        }
    }

    /// <summary>No way through ssh could be made; why, in words for the user. Said only as long as nothing else gets through.</summary>
    public void CarrierFailed(Instant now, string reason)
    {
        bool isSilent = !EverHeard || now.MillisSince(_connection.LastHeard) >= CarrierFailedSilenceMillis;
        if (!IsFinished && isSilent && !_connection.IsShuttingDown)
        {
            _hasWayMessage = true;
            string what = _carrier == CarrierUse.Only ? "" : "UDP does not get through, and ";
            _screen.SetMessage(what + reason, showQuitHint: true);
        }
    }

    /// <summary>One more address of the server was found.</summary>
    public void AddPlace(Instant now, in PeerAddress address)
    {
        if (!IsFinished)
        {
            _connection.AddCandidate(now, address);
        }
    }

    private void NoteWay()
    {
        if (_hasWayMessage)
        {
            _hasWayMessage = false;
            _screen.SetMessage(null);
        }

        if (IsCarried != _isCarried)
        {
            _isCarried = IsCarried;
            if (_isCarried && _carrier == CarrierUse.Fallback)
            {
                _screen.SetNotice(CarriedNotice, WayNoticeMicros);
            }
            else
            {
                _screen.EndNotice(CarriedNotice);
            }
        }
    }
}
