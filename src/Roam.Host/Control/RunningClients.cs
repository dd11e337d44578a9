using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>The clients of this user that run on this machine, by their control sockets; asking one. Blocks, so for commands only.</summary>
public static unsafe class RunningClients
{
    /// <summary>A client that is stopped (Ctrl-Z) answers nobody; it is not waited for any longer.</summary>
    private const int PatienceMillis = 20_000;

    /// <summary>What is asked to know a client.</summary>
    internal const string WhoQuestion = "who";

    private const int AnswerBytesMax = 256 * 1024;

    /// <summary>The one that is named, or the only one. False: the error has whole lines.</summary>
    public static bool TryChoose(string? name, out string client, out string error)
    {
        client = name ?? "";
        List<string> alive = ControlDirectory.Path is { } directory ? ControlClient.Alive(directory, ControlDirectory.ClientSuffix) : [];
        if (name is null && alive.Count == 1)
        {
            client = alive[0];
        }

        bool isFound = alive.Contains(client);
        error = isFound ? "" : alive.Count == 0
            ? "no client of yours is running on this machine. (It is run where the terminal is, not on the far side.)\n"
            : $"{(name is null ? "several clients are running" : $"there is no client {name}")}: choose one with --session\n{List(alive)}";
        return isFound;
    }

    /// <summary>True: the answer, whole lines. False: why not.</summary>
    public static bool TryAsk(string client, string line, out string answer)
    {
        answer = "the client ended";
        int fd = ControlDirectory.Path is { } directory ? UnixSocket.TryConnect(ControlDirectory.SocketOf(directory, client, ControlDirectory.ClientSuffix)) : -1;
        if (fd < 0)
        {
            return false;
        }

        string said = Libc.WriteAll(fd, Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n")) ? ReadAll(fd) : "";
        _ = Libc.close(fd);
        int lineEnd = said.IndexOf('\n', StringComparison.Ordinal);
        if (lineEnd < 0)
        {
            answer = "the client does not answer (is it stopped?)";
            return false;
        }

        bool isGood = said[..lineEnd] == "ok";
        answer = isGood ? said[(lineEnd + 1)..] : said[..lineEnd].Replace("error ", "", StringComparison.Ordinal);
        return isGood;
    }

    private static string List(List<string> clients)
    {
        StringBuilder text = new();
        foreach (string client in clients)
        {
            text.Append("  ").Append(client).Append("  ").Append(TryAsk(client, WhoQuestion, out string who) ? who : who + "\n");
        }

        return text.ToString();
    }

    private static string ReadAll(int fd)
    {
        List<byte> all = [];
        byte* buffer = stackalloc byte[4096];
        Instant until = SystemClock.Now.PlusMillis(PatienceMillis);
        while (all.Count < AnswerBytesMax)
        {
            Libc.PollFd ready = new() { Fd = fd, Events = Libc.POLLIN };
            LoopWait.Poll(&ready, 1, until);
            if (ready.Revents == 0)
            {
                if (SystemClock.Now >= until)
                {
                    break;
                }

                continue;
            }

            nint n = Libc.read(fd, buffer, 4096);
            if (n < 0 && Libc.Errno == Libc.EINTR)
            {
                continue;
            }

            if (n <= 0)
            {
                break;
            }

            all.AddRange(new ReadOnlySpan<byte>(buffer, (int)n));
        }

        return Encoding.UTF8.GetString([.. all]);
    }
}
