using System.Globalization;

namespace Roam.Host;

/// <summary>What the system is told of the session: utmp ("mosh [PID]", and "HOST via mosh [PID]" while somebody is connected) and syslog.</summary>
internal sealed class SessionLog(Syslog syslog, Utempter utempter, string userName) : IDisposable
{
    private readonly string _detachedHost = "mosh [" + Libc.getpid().ToString(CultureInfo.InvariantCulture) + "]";
    private int _ptyFd = -1;
    private string? _address;
    private bool _began;

    /// <summary>True while the entry names the client's address.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>For the administrator.</summary>
    public void Complain(string text) => syslog.Write(text);

    public void Begin(int ptyFd)
    {
        _began = true;
        _ptyFd = ptyFd;
        syslog.Write("session begins for user " + userName);
        if (IsConnected)
        {
            WriteConnected();
        }
        else
        {
            utempter.Add(_ptyFd, _detachedHost);
        }
    }

    /// <summary>Before <see cref="Begin"/> it is only remembered: the first datagram both names the client and starts the program.</summary>
    /// <param name="address">Empty: the client comes through ssh, from nowhere that could be named.</param>
    public void Connected(string address)
    {
        bool isNews = !IsConnected || address != _address;
        IsConnected = true;
        _address = address;
        if (_began && isNews)
        {
            WriteConnected();
        }
    }

    public void ContactLost()
    {
        IsConnected = false;
        utempter.Add(_ptyFd, _detachedHost);
    }

    /// <summary>Before the pty is closed.</summary>
    public void End()
    {
        if (_began)
        {
            _began = false;
            utempter.Delete(_ptyFd);
            _ptyFd = -1;
            syslog.Write("session ends for user " + userName);
        }
    }

    public void Reap() => utempter.Reap(_ptyFd);

    public void Dispose() => syslog.Dispose();

    private void WriteConnected()
    {
        bool isCarried = string.IsNullOrEmpty(_address);
        syslog.Write("user " + userName + (isCarried ? " connected via ssh" : " connected from " + _address));
        utempter.Add(_ptyFd, (isCarried ? "via ssh" : _address) + " via " + _detachedHost);
    }
}
