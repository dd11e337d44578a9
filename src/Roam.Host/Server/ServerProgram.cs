using System.Text;

namespace Roam.Host;

/// <summary>What the server runs on its pty: the command asked for, or the user's shell as a login shell; and the environment it finds (spec: cli.md).</summary>
internal static class ServerProgram
{
    private const string DefaultShell = "/bin/sh";
    private const int ManyColors = 256;

    /// <param name="options">What was asked for.</param>
    /// <param name="user">Whose session it is.</param>
    /// <param name="agentPath">The socket to the client's agent; null: there is none.</param>
    public static PtyProgram From(ServerHostOptions options, Passwd? user, string? agentPath = null)
    {
        string? home = ProcessEnvironment.Get("HOME") ?? user?.Home;

        // A home that cannot be entered must not keep the user out: the program then starts where the server did.
        string? directory = home is { Length: > 0 } && Libc.access(home, Libc.X_OK) == 0 ? home : null;
        List<byte[]> environment = EnvironmentOf(options, directory, agentPath);
        if (options.Command.Length > 0)
        {
            return new PtyProgram(options.Command[0], options.Command, environment, directory);
        }

        string shell = ProcessEnvironment.Get("SHELL") ?? user?.Shell ?? "";
        if (shell.Length == 0)
        {
            shell = DefaultShell;
        }

        return new PtyProgram(shell, ["-" + shell[(shell.LastIndexOf('/') + 1)..]], environment, directory);
    }

    private static List<byte[]> EnvironmentOf(ServerHostOptions options, string? directory, string? agentPath)
    {
        List<byte[]> environment = ProcessEnvironment.Copy();
        foreach (string addition in options.EnvironmentAdditions)
        {
            int equals = addition.IndexOf('=');
            if (equals > 0)
            {
                Set(environment, addition[..equals], addition[(equals + 1)..]);
            }
        }

        Set(environment, ControlClient.SessionVariable, ControlDirectory.OwnSession);
        Set(environment, "TERM", options.ColorCount >= ManyColors ? "xterm-256color" : "xterm");

        // ncurses otherwise draws lines with the VT100 character set in a UTF-8 locale that it does not trust.
        Set(environment, "NCURSES_NO_UTF8_ACS", "1");

        if (agentPath is not null)
        {
            Set(environment, AgentListener.Variable, agentPath);
        }

        // The program is not inside the screen(1) that the server may have been started from.
        ProcessEnvironment.Replace(environment, "STY"u8, null);
        if (directory != null)
        {
            Set(environment, "PWD", directory);
        }

        return environment;
    }

    private static void Set(List<byte[]> environment, string name, string value) =>
        ProcessEnvironment.Replace(environment, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(name + "=" + value));
}
