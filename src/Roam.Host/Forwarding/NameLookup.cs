using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>One `getent ahosts NAME`: lines that begin with an address, an address several times.</summary>
internal sealed unsafe class NameLookup(StreamHub hub, string host, Action<Instant, NameLookup> done) : IDescriptorOwner, ITimed, IDisposable
{
    /// <summary>A child whose output has ended is about to end itself.</summary>
    private const long ReapMillis = 20;

    private readonly MemoryStream _output = new();
    private int _fd = -1;
    private int _pid;
    private Instant _endsAt;

    public string Host => host;

    public List<INameWaiter> Waiters { get; } = [];

    public bool IsStarted { get; private set; }

    /// <summary>Null: not known yet. Empty: not found.</summary>
    public IReadOnlyList<string>? Answer { get; private set; }

    public Instant AnsweredAt { get; private set; }

    /// <summary>False: there is no such program, or no room for it.</summary>
    public bool TryStart(Instant now)
    {
        IsStarted = true;
        int* pipe = stackalloc int[2];
        if (Libc.pipe2(pipe, Libc.O_CLOEXEC) != 0)
        {
            return false;
        }

        SpawnRequest request = new() { File = "getent", SearchPath = true, Arguments = ["getent", "ahosts", host], Descriptors = [-1, pipe[1], -1], NewSession = true };
        int errno = Spawner.Start(request, out _pid);
        _ = Libc.close(pipe[1]);
        _fd = pipe[0];
        Libc.SetNonBlocking(_fd);
        if (errno != 0 || !hub.Watch(_fd, this, read: true, write: false))
        {
            CloseOutput();
            return false;
        }

        _endsAt = now.PlusMillis(ForwardLimits.LookupMillis);
        hub.At(_endsAt, this);
        return true;
    }

    public void Ready(Instant now, int fd, bool readable, bool writable)
    {
        Span<byte> buffer = hub.Buffer;
        nint length;
        fixed (byte* start = buffer)
        {
            length = Libc.read(_fd, start, buffer.Length);
        }

        if (length > 0)
        {
            _output.Write(buffer[..(int)Math.Min(length, ForwardLimits.AnswerBytesMax - _output.Length)]);
        }
        else if (length == 0 || Libc.Errno is not (Libc.EAGAIN or Libc.EINTR))
        {
            CloseOutput();
            Due(now);
        }
    }

    public void Due(Instant now)
    {
        if (now >= _endsAt && _pid > 0)
        {
            _ = Libc.kill(_pid, Libc.SIGKILL);
            CloseOutput();
        }

        if (!TryReap())
        {
            hub.At(now.PlusMillis(ReapMillis), this);
            return;
        }

        hub.At(Instant.Never, this);
        if (Answer is null)
        {
            Answer = Parse(Encoding.UTF8.GetString(_output.GetBuffer(), 0, (int)_output.Length));
            AnsweredAt = now;
            done(now, this);
        }
    }

    public void Dispose()
    {
        hub.At(Instant.Never, this);
        CloseOutput();
        if (_pid > 0)
        {
            _ = Libc.kill(_pid, Libc.SIGKILL);
        }
    }

    internal static List<string> Parse(string output)
    {
        List<string> addresses = [];
        foreach (string line in output.Split('\n'))
        {
            int end = line.AsSpan().IndexOfAny(' ', '\t');
            if (end > 0 && addresses.Count < ForwardLimits.AddressesMax && !addresses.Contains(line[..end]))
            {
                addresses.Add(line[..end]);
            }
        }

        return addresses;
    }

    private bool TryReap()
    {
        int status;
        if (_pid > 0 && Libc.waitpid(_pid, &status, Libc.WNOHANG) != 0)
        {
            _pid = 0;
        }

        return _pid <= 0;
    }

    private void CloseOutput()
    {
        if (_fd >= 0)
        {
            hub.Unwatch(_fd);
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }
}
