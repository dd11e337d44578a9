using System.Globalization;

namespace Roam.Host;

/// <summary>Where the control sockets of this user's sessions are: XDG_RUNTIME_DIR/roam, else ~/.local/state/roam. One socket a session, named by the server's process id, and one a client.</summary>
internal static class ControlDirectory
{
    public const string SessionSuffix = ".sock";

    /// <summary>Of clients that run here: their sockets are named by their own process id.</summary>
    public const string ClientSuffix = ".client";

    /// <summary>Of what programs of a session ask for the client's agent.</summary>
    public const string AgentSuffix = ".agent";

    /// <summary>Null: this user has no place for such things.</summary>
    public static string? Path
    {
        get
        {
            string? runtime = ProcessEnvironment.Get("XDG_RUNTIME_DIR");
            if (!string.IsNullOrEmpty(runtime) && Libc.access(runtime, Libc.X_OK) == 0)
            {
                return runtime + "/roam";
            }

            string? home = ProcessEnvironment.Get("HOME") ?? Passwd.OfCurrentUser()?.Home;
            return string.IsNullOrEmpty(home) ? null : home + "/.local/state/roam";
        }
    }

    /// <summary>Makes it, for this user alone. False: it cannot be made.</summary>
    public static bool TryCreate(string path)
    {
        for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            _ = Libc.mkdir(path[..slash], Convert.ToUInt32("700", 8));
        }

        _ = Libc.mkdir(path, Convert.ToUInt32("700", 8));
        return Libc.chmod(path, Convert.ToUInt32("700", 8)) == 0;
    }

    public static string SocketOf(string directory, string name, string suffix = SessionSuffix) => $"{directory}/{name}{suffix}";

    /// <summary>The names of the sessions, or clients, that have a socket here; some may be dead.</summary>
    public static List<string> Names(string directory, string suffix)
    {
        List<string> names = [];
        if (Directory.Exists(directory))
        {
            foreach (string file in Directory.EnumerateFiles(directory, "*" + suffix))
            {
                names.Add(System.IO.Path.GetFileNameWithoutExtension(file));
            }
        }

        names.Sort(string.CompareOrdinal);
        return names;
    }

    public static string OwnSession { get; } = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
}
