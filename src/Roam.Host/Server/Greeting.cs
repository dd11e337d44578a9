using System.Globalization;
using System.Text;

namespace Roam.Host;

/// <summary>What a login shows before the shell: the message of the day, and the user's other sessions that nobody is connected to.</summary>
internal static unsafe class Greeting
{
    // What is longer is cut: nobody reads it, and it goes through the link.
    private const int MotdBytesMax = 64 * 1024;
    private const int SessionsListedMax = 20;

    private static readonly string[] MotdFiles = ["/run/motd.dynamic", "/etc/motd"];

    /// <summary>Text for the screen, with CR LF line ends; empty when the user has a ~/.hushlogin.</summary>
    public static byte[] Compose(string? home, string? userName)
    {
        StringBuilder text = new();
        if (home is not { Length: > 0 } || Libc.access(home + "/.hushlogin", 0) != 0)
        {
            foreach (string file in MotdFiles)
            {
                text.Append(Encoding.UTF8.GetString(Libc.ReadFile(file, MotdBytesMax) ?? []));
            }
        }

        if (userName != null)
        {
            AppendDetachedSessions(text, DetachedSessionsOf(userName));
        }

        return Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n").Replace("\n", "\r\n").ToString());
    }

    internal static void AppendDetachedSessions(StringBuilder text, List<int> pids)
    {
        if (pids.Count == 0)
        {
            return;
        }

        text.Append('\n').Append(pids.Count == 1 ? "You have a detached mosh session here" : $"You have {pids.Count} detached mosh sessions here");
        text.Append(" (process ").AppendJoin(", ", pids.Take(SessionsListedMax)).Append(pids.Count > SessionsListedMax ? ", ..." : "").Append(").\n\n");
    }

    /// <summary>The process named by a host field "mosh [PID]"; 0 for any other text. A session in use says "HOST via mosh [PID]" and is not meant.</summary>
    internal static int DetachedPidOf(ReadOnlySpan<char> host)
    {
        const string Prefix = "mosh [";
        return host.StartsWith(Prefix) && host.EndsWith("]")
            && int.TryParse(host[Prefix.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? pid
            : 0;
    }

    private static List<int> DetachedSessionsOf(string userName)
    {
        List<int> pids = [];
        Libc.setutxent();
        for (Libc.UtmpEntry* entry = Libc.getutxent(); entry != null; entry = Libc.getutxent())
        {
            if (entry->Type != Libc.USER_PROCESS || TextOf(entry->User, Libc.UtmpEntry.UserBytes) != userName)
            {
                continue;
            }

            int pid = DetachedPidOf(TextOf(entry->Host, Libc.UtmpEntry.HostBytes));

            // Signal 0 asks whether the process is there: an entry outlives a server that was killed.
            if (pid > 0 && pid != Libc.getpid() && Libc.kill(pid, 0) == 0)
            {
                pids.Add(pid);
            }
        }

        Libc.endutxent();
        return pids;
    }

    private static string TextOf(byte* field, int bytesMax)
    {
        ReadOnlySpan<byte> bytes = new(field, bytesMax);
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
