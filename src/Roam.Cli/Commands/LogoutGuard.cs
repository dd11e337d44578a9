using Roam.Host;

namespace Roam.Cli;

/// <summary>
/// systemd-logind can be told to end what a user leaves behind at logout (logind.conf(5), KillUserProcesses). A scope of the user's own manager is spared, and with
/// lingering (loginctl(1), enable-linger) that manager outlives the last logout.
/// </summary>
/// <param name="run">Runs a program to its end: exit code and output.</param>
/// <param name="exists">Whether there is such a file.</param>
/// <param name="user">Login name.</param>
/// <param name="controlGroup">The text of /proc/self/cgroup.</param>
internal sealed class LogoutGuard(Func<string[], (int Code, string Output)> run, Func<string, bool> exists, string user, string controlGroup)
{
    /// <summary>First of a verb's words: it was started in a scope of the user's manager already.</summary>
    public const string InScopeOption = "--in-scope";

    /// <summary>As sd_booted(3) looks for it.</summary>
    private const string BootedFile = "/run/systemd/system";
    private const string LingerFolder = "/var/lib/systemd/linger/";

    /// <summary>A bus that does not answer must not keep the session from starting.</summary>
    private const int PatienceMillis = 2000;
    private const int OutputLinesMax = 100;

    private static readonly string[] Ask =
    [
        "busctl", "get-property", "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "KillUserProcesses", "KillExcludeUsers", "KillOnlyUsers",
    ];

    /// <summary>Put before a command, they run it in a scope of its own.</summary>
    public static IReadOnlyList<string> ScopeWords { get; } = ["systemd-run", "--user", "--scope", "--quiet", "--collect", "--"];

    public static LogoutGuard Here() =>
        new(Run, Path.Exists, ProcessEnvironment.Get("USER") ?? ProcessEnvironment.Get("LOGNAME") ?? "", File.Exists("/proc/self/cgroup") ? File.ReadAllText("/proc/self/cgroup") : "");

    /// <summary>Null: nothing threatens the session.</summary>
    public LogoutVerdict? Examine()
    {
        if (!exists(BootedFile) || !IsEndedAtLogout())
        {
            return null;
        }

        bool isOutside = controlGroup.Contains("/user@", StringComparison.Ordinal);
        bool canScope = isOutside || run([.. ScopeWords, "true"]).Code == 0;
        bool lingers = exists(LingerFolder + user) || run(["loginctl", "--no-ask-password", "enable-linger"]).Code == 0;
        return new LogoutVerdict(canScope && !isOutside, Note(canScope, lingers));
    }

    /// <summary>Says what threatens the session, and where a scope helps becomes this program again within one: then it does not return.</summary>
    public void Escape(string verb, string[] arguments)
    {
        if (Examine() is not { } verdict)
        {
            return;
        }

        StandardStreams.Out(verdict.Note.Length > 0 ? $"ROAM NOTE {verdict.Note}\n" : "");
        if (verdict.WantsScope)
        {
            string reason = ChildProcess.Replace([.. ScopeWords, OwnProgram.Path, verb, InScopeOption, .. arguments], []);
            StandardStreams.Out($"ROAM NOTE systemd-run could not be started: {reason}\n");
        }
    }

    /// <summary>As logind decides: excluded users are spared; with a list of users it is for those only.</summary>
    private bool IsEndedAtLogout()
    {
        (int code, string output) = run(Ask);
        string[] lines = output.Split('\n');
        if (code != 0 || lines.Length < 3 || lines[0].Trim() != "b true")
        {
            return false;
        }

        string quoted = $"\"{user}\"";
        bool isExcluded = lines[1].Contains(quoted, StringComparison.Ordinal);
        bool isForAll = lines[2].Trim() is "as 0" or "";
        return !isExcluded && (isForAll || lines[2].Contains(quoted, StringComparison.Ordinal));
    }

    private string Note(bool canScope, bool lingers) => (canScope, lingers) switch
    {
        (true, true) => "",
        (true, false) => $"this host ends your processes when your last login ends (KillUserProcesses), the session too. Ask its administrator for: loginctl enable-linger {user}",
        _ => $"this host ends your processes when a login ends (KillUserProcesses), and systemd-run --user does not work there: the session may end with this ssh connection. "
            + $"Ask its administrator for: loginctl enable-linger {user}, or KillUserProcesses=no in logind.conf",
    };

    private static (int Code, string Output) Run(string[] words)
    {
        using PipedProcess? process = PipedProcess.TryStart(words, out _);
        if (process is null)
        {
            return (ExitCode.ServerNotFound, "");
        }

        process.CloseInput();
        string output = "";
        for (int lines = 0; lines < OutputLinesMax; lines++)
        {
            PipeEvent news = process.Next(wantsToWrite: false, PatienceMillis, out string line);
            if (news is PipeEvent.Ended or PipeEvent.Timeout)
            {
                break;
            }

            output += news == PipeEvent.Line ? line + "\n" : "";
        }

        return (process.WaitForExit(PatienceMillis, static _ => { }), output);
    }
}
