using System.Diagnostics;

namespace Roam.Tests.Display;

/// <summary>The installed tmux as a second emulator: bytes in, its screen out. One server for one object.</summary>
internal sealed class Tmux : IDisposable
{
    private const string Program = "/usr/bin/tmux";

    private readonly string _folder = Directory.CreateTempSubdirectory("roam-tmux").FullName;
    private readonly string _socket;

    public Tmux()
    {
        _socket = Path.Combine(_folder, "socket");

        // The server ends with its last session: this one stays.
        Run("-f", "/dev/null", "new-session", "-d", "-s", "base", "sleep 600", ";", "set-option", "-g", "status", "off");
    }

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>"tmux 3.3a"</summary>
    public static string Version
    {
        get
        {
            using Process process = Process.Start(new ProcessStartInfo(Program, ["-V"]) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
    }

    /// <summary>
    /// What tmux shows after reading the bytes, with renditions (capture-pane -e), one line a row. The pane's program asks for the cursor's place
    /// after the bytes; once that is answered, tmux has read them all.
    /// </summary>
    public string[] Show(int width, int height, byte[] bytes)
    {
        string file = Path.Combine(_folder, "bytes");
        File.WriteAllBytes(file, bytes);
        string script = $"stty raw -echo; cat {file}; printf '\\033[6n'; read -rs -d R; {Program} -S {_socket} wait-for -S shown; sleep 600";
        Run("new-session", "-d", "-s", "screen", "-x", $"{width}", "-y", $"{height}", "bash", "--norc", "-c", script);
        Run("wait-for", "shown");
        string captured = Run("capture-pane", "-p", "-e", "-N", "-t", "=screen:");
        Run("kill-session", "-t", "=screen:");
        string[] rows = captured.TrimEnd('\n').Split('\n');
        return [.. rows, .. Enumerable.Repeat("", height - rows.Length)];
    }

    public void Dispose()
    {
        Run("kill-server");
        Directory.Delete(_folder, recursive: true);
    }

    public string Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Program, ["-u", "-S", _socket, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("TMUX");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(20_000), "tmux does not end");
        return output;
    }
}
