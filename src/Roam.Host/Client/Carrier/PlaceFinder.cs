using System.Text;

namespace Roam.Host;

/// <summary>A program that finds more places of the server, one a line (`ROAM PLACE ...`), and stays as long as its standard input is open.</summary>
internal sealed unsafe class PlaceFinder : IDisposable
{
    private const string Prefix = "ROAM PLACE ";

    /// <summary>A longer line is no place; it is cut there.</summary>
    private const int LineBytesMax = 512;
    private const int ReadBytesMax = 4096;

    private readonly byte[] _line = new byte[LineBytesMax];
    private readonly Queue<string> _places = new();
    private int _lineLength;
    private int _input;
    private int _output;

    private PlaceFinder(int input, int output, int pid)
    {
        (_input, _output, Pid) = (input, output, pid);
        Libc.SetNonBlocking(_output);
    }

    public int Pid { get; }

    /// <summary>Null: it could not be started.</summary>
    public static PlaceFinder? TryStart(IReadOnlyList<string> words)
    {
        int* pipes = stackalloc int[4];
        if (Libc.pipe2(pipes, Libc.O_CLOEXEC) != 0)
        {
            return null;
        }

        if (Libc.pipe2(pipes + 2, Libc.O_CLOEXEC) != 0)
        {
            Close(pipes[0], pipes[1]);
            return null;
        }

        SpawnRequest request = new() { File = words[0], SearchPath = true, Arguments = words, Descriptors = [pipes[0], pipes[3], -1], NewSession = true };
        int errno = Spawner.Start(request, out int pid);
        Close(pipes[0], pipes[3]);
        if (errno != 0)
        {
            Close(pipes[1], pipes[2]);
            return null;
        }

        return new PlaceFinder(pipes[1], pipes[2], pid);
    }

    /// <summary>A negative descriptor is skipped by poll.</summary>
    public void Fill(Span<Libc.PollFd> slots) => slots[0] = new Libc.PollFd { Fd = _output, Events = Libc.POLLIN };

    public void Turn(ReadOnlySpan<Libc.PollFd> slots)
    {
        if (slots[0].Revents == 0)
        {
            return;
        }

        byte* buffer = stackalloc byte[ReadBytesMax];
        nint n = Libc.read(_output, buffer, ReadBytesMax);
        if (n == 0 || (n < 0 && Libc.Errno is not (Libc.EAGAIN or Libc.EINTR)))
        {
            Dispose();
        }

        for (int i = 0; i < n; i++)
        {
            if (buffer[i] != (byte)'\n')
            {
                _line[Math.Min(_lineLength, LineBytesMax - 1)] = buffer[i];
                _lineLength = Math.Min(_lineLength + 1, LineBytesMax);
                continue;
            }

            string line = Encoding.UTF8.GetString(_line, 0, _lineLength).TrimEnd('\r');
            _lineLength = 0;
            if (line.StartsWith(Prefix, StringComparison.Ordinal) && _places.Count < Transport.PeerCandidates.CountMax)
            {
                _places.Enqueue(line[Prefix.Length..]);
            }
        }
    }

    public bool TryTake(out string place) => _places.TryDequeue(out place!);

    public void Dispose()
    {
        Close(_input, _output);
        _input = _output = -1;
    }

    private static void Close(int one, int other)
    {
        if (one >= 0)
        {
            _ = Libc.close(one);
            _ = Libc.close(other);
        }
    }
}
