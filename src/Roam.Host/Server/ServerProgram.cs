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
        string? directory = DirectoryOf(user);
        List<byte[]> environment = EnvironmentOf(options, directory, agentPath);
        if (options.Command.Length > 0)
        {
            return new PtyProgram(options.Command[0], options.Command, environment, directory);
        }

        string shell = ShellOf(user);
        return new PtyProgram(shell, ["-" + NameOf(shell)], environment, directory);
    }

    /// <summary>
    /// Without a terminal, as sshd does it (session.c of OpenSSH, and sshd(8), "Login process"): the words, joined by spaces, are the login shell's to read; a subsystem is a program of
    /// a known place. The environment is the login's own.
    /// </summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="user">Whose session it is.</param>
    /// <param name="agentPath">The socket to the client's agent; null: there is none.</param>
    /// <param name="policy">Says whether commands, and copies, are served here.</param>
    /// <param name="refusal">Null: it may run.</param>
    public static PtyProgram OnPipes(ServerHostOptions options, Passwd? user, string? agentPath, ServerPolicy policy, out string? refusal)
    {
        string command = string.Join(' ', options.Command);
        bool isFiles = options.IsSubsystem && command == Subsystem.Files;
        refusal = policy.Allows(isFiles ? PolicySubject.Files : PolicySubject.Commands, "", out string whoForbade) ? null : whoForbade + ".";
        if (options.IsSubsystem && !isFiles)
        {
            string? file = Subsystem.Find(command);
            refusal ??= file is null ? $"there is no subsystem {command}." : null;
            command = file ?? "";
        }

        string? directory = DirectoryOf(user);
        List<byte[]> environment = ProcessEnvironment.Copy();
        Set(environment, ControlClient.SessionVariable, ControlDirectory.OwnSession);
        if (agentPath is not null)
        {
            Set(environment, AgentListener.Variable, agentPath);
        }

        if (isFiles)
        {
            return new PtyProgram(DetachedChild.OwnBinary, ["roam", "far", "files"], environment, directory);
        }

        string shell = ShellOf(user);
        return new PtyProgram(shell, command.Length == 0 ? ["-" + NameOf(shell)] : [NameOf(shell), "-c", command], environment, directory);
    }

    private static string ShellOf(Passwd? user)
    {
        string shell = ProcessEnvironment.Get("SHELL") ?? user?.Shell ?? "";
        return shell.Length == 0 ? DefaultShell : shell;
    }

    private static string NameOf(string shell) => shell[(shell.LastIndexOf('/') + 1)..];

    /// <summary>A home that cannot be entered must not keep the user out: the program then starts where the server did.</summary>
    private static string? DirectoryOf(Passwd? user)
    {
        string? home = ProcessEnvironment.Get("HOME") ?? user?.Home;
        return home is { Length: > 0 } && Libc.access(home, Libc.X_OK) == 0 ? home : null;
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
