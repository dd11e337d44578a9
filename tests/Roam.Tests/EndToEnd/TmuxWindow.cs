using System.Diagnostics;
using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>A program in a tmux of its own: an emulator that is not ours, and its picture as text.</summary>
internal sealed class TmuxWindow : IDisposable
{
    private readonly string _socket = Sandbox.NewFile("tmux");

    public TmuxWindow(string[] argv, int width, int height, params (string Name, string? Value)[] environment)
    {
        string config = Sandbox.NewFile("tmux.conf");
        File.WriteAllText(config, "set -g status off\nset -g escape-time 0\nset -g remain-on-exit on\nset -g default-shell /bin/sh\n");
        string[] variables = [.. Sandbox.Environment(environment).Select(p => $"{p.Name}={p.Value}")];
        Tmux(["-f", config, "new-session", "-d", "-x", Text(width), "-y", Text(height), "env", "-i", .. variables, .. argv]);
    }

    /// <summary>The picture; with escapes: colours and renditions, too, in tmux's own words.</summary>
    public string Capture(bool escapes) => escapes ? Tmux("capture-pane", "-p", "-e") : Tmux("capture-pane", "-p");

    public void WaitFor(string what, Func<string, bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition(Capture(escapes: false)))
        {
            // Each look starts a process and takes its own time: no need to pause.
            Assert.True(Stopwatch.GetElapsedTime(start) < Programs.Patience, $"Waited for {what} too long. The screen:\n{Capture(escapes: false)}");
        }
    }

    public void Dispose() => Tmux("kill-server");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Tmux(params string[] words)
    {
        (int code, string output, string error) = Programs.Run("tmux", ["-S", _socket, "-u", .. words]);
        Assert.True(code == 0, $"tmux {string.Join(' ', words)}: {error}");
        return output;
    }
}
