using System.Text;

namespace Roam.Host;

/// <summary>Asks a session of this user a question and hands the answer to standard output.</summary>
public static unsafe class ControlClient
{
    /// <summary>In the environment of what runs in a session: its name.</summary>
    public const string SessionVariable = "ROAM_SESSION";

    private const int BufferBytes = 32 * 1024;

    /// <summary>False: the error says why, and what to do.</summary>
    /// <param name="session">Its name; null: the one that this process runs in, else the only one there is.</param>
    /// <param name="question">A line.</param>
    /// <param name="error">For the user.</param>
    public static bool TryAsk(string? session, string question, out string error)
    {
        if (!TryFind(session, out int fd, out error))
        {
            return false;
        }

        try
        {
            return Libc.WriteAll(fd, Encoding.UTF8.GetBytes(question + "\n")) ? TryPass(fd, out error) : Fail("the session ended", out error);
        }
        finally
        {
            _ = Libc.close(fd);
        }
    }

    /// <summary>Connects to a session, or says why not. The caller closes the descriptor, which blocks.</summary>
    internal static bool TryFind(string? session, out int fd, out string error)
    {
        fd = -1;
        if (ControlDirectory.Path is not { } directory)
        {
            return Fail("no sessions can be found: neither XDG_RUNTIME_DIR nor HOME is set", out error);
        }

        session ??= ProcessEnvironment.Get(SessionVariable) is { Length: > 0 } own ? own : null;
        if (session is not null)
        {
            fd = session.Contains('/', StringComparison.Ordinal) ? -1 : UnixSocket.TryConnect(ControlDirectory.SocketOf(directory, session));
            return Found(fd, $"no session {session} is running here{Hint(directory)}", out error);
        }

        List<string> alive = Alive(directory, ControlDirectory.SessionSuffix);
        if (alive.Count != 1)
        {
            return Fail(alive.Count == 0 ? "no session is running here" : $"several sessions are running here: choose one with --session ({string.Join(", ", alive)})", out error);
        }

        fd = UnixSocket.TryConnect(ControlDirectory.SocketOf(directory, alive[0]));
        return Found(fd, "the session ended", out error);
    }

    private static bool Found(int fd, string otherwise, out string error)
    {
        error = fd >= 0 ? "" : otherwise;
        return fd >= 0;
    }

    private static string Hint(string directory) => Alive(directory, ControlDirectory.SessionSuffix) is { Count: > 0 } alive ? $"; there are: {string.Join(", ", alive)}" : "";

    /// <summary>Those that answer. What a server or client that was killed left behind is taken away.</summary>
    internal static List<string> Alive(string directory, string suffix)
    {
        List<string> alive = [];
        foreach (string name in ControlDirectory.Names(directory, suffix))
        {
            string path = ControlDirectory.SocketOf(directory, name, suffix);
            int fd = UnixSocket.TryConnect(path);
            if (fd >= 0)
            {
                _ = Libc.close(fd);
                alive.Add(name);
            }
            else if (Libc.Errno == Libc.ECONNREFUSED)
            {
                _ = Libc.unlink(path);
                if (suffix == ControlDirectory.SessionSuffix)
                {
                    _ = Libc.unlink(ControlDirectory.SocketOf(directory, name, ControlDirectory.AgentSuffix));
                }
            }
        }

        return alive;
    }

    private static bool TryPass(int fd, out string error)
    {
        byte[] buffer = new byte[BufferBytes];
        int length = 0;
        int lineEnd = -1;
        while (lineEnd < 0 && length < buffer.Length && Read(fd, buffer.AsSpan(length)) is > 0 and int read)
        {
            length += read;
            lineEnd = buffer.AsSpan(0, length).IndexOf((byte)'\n');
        }

        string status = Encoding.UTF8.GetString(buffer, 0, Math.Max(lineEnd, 0));
        if (status != "ok")
        {
            return Fail(status.StartsWith("error ", StringComparison.Ordinal) ? status["error ".Length..] : "the session ended", out error);
        }

        error = "";
        ReadOnlySpan<byte> rest = buffer.AsSpan(lineEnd + 1, length - lineEnd - 1);
        while (rest.IsEmpty || Libc.WriteAll(1, rest))
        {
            int read = Read(fd, buffer);
            if (read <= 0)
            {
                break;
            }

            rest = buffer.AsSpan(0, read);
        }

        return true;
    }

    private static int Read(int fd, Span<byte> buffer)
    {
        while (true)
        {
            nint n;
            fixed (byte* bytes = buffer)
            {
                n = Libc.read(fd, bytes, buffer.Length);
            }

            if (n >= 0 || Libc.Errno != Libc.EINTR)
            {
                return (int)n;
            }
        }
    }

    private static bool Fail(string text, out string error)
    {
        error = text;
        return false;
    }
}
