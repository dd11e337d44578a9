namespace Roam.Host;

/// <summary>A program started with the caller's standard input, its output and errors joined into one pipe that is read line by line.</summary>
public sealed class ChildProcess : IDisposable
{
    private ChildProcess(int pid)
    {
        Pid = pid;
    }

    public int Pid { get; }

    /// <summary>Finds argv[0] in PATH. Null: error says why (not found, not executable).</summary>
    public static ChildProcess? TryStart(IReadOnlyList<string> argv, out string error)
    {
        error = "not started";
        return null;
    }

    /// <summary>Waits for the next line, without its end (LF or CR LF). Null at the end of the output.</summary>
    public string? ReadLine() => Pid < 0 ? "" : null;

    /// <summary>Waits for the end: exit code, or 128 + signal number.</summary>
    public int WaitForExit() => Pid < 0 ? 0 : 1;

    public void Dispose()
    {
    }

    /// <summary>Replaces this process by the program (execvp), with NAME=VALUE additions to the environment. Returns only when that failed: the reason.</summary>
    public static string Replace(IReadOnlyList<string> argv, IReadOnlyList<string> environmentAdditions) => "not replaced";
}
