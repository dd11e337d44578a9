using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>A person at the client who types `roam ...` and works at the prompt that comes.</summary>
internal sealed class Login : IDisposable
{
    private readonly NetHost _target;
    private int _lines;

    private Login(TerminalWindow window, NetHost target)
    {
        Window = window;
        _target = target;
    }

    public TerminalWindow Window { get; }

    /// <param name="world">Where.</param>
    /// <param name="target">Whose prompt is awaited.</param>
    /// <param name="words">After `roam`; none: the target's name.</param>
    public static Login Start(NetWorld world, NetHost target, params string[] words) =>
        new(TerminalWindow.Open([.. world.Client.Here, Programs.Roam, .. words.Length > 0 ? words : [target.Name]], 80, 24, ("HOME", world.Client.Home)), target);

    /// <summary>As <see cref="Start"/>, until the prompt shows.</summary>
    public static Login Open(NetWorld world, NetHost target, params string[] words)
    {
        Login login = Start(world, target, words);
        login.Window.WaitForText(target.Prompt);
        return login;
    }

    /// <summary>Types a command in any shell's language whose output cannot be foretold by echo, and waits for that output.</summary>
    public void Work()
    {
        _lines++;
        Window.Type($"echo do\"n\"e-{Number(_lines)}\r");
        Window.WaitForText("\ndone-" + Number(_lines));
    }

    /// <summary>Works until the target has heard datagrams of it: nothing else makes any there.</summary>
    public void WorkUntilByUdp()
    {
        long before = _target.DatagramsIn;
        NetWorld.WaitFor("datagrams at the target", () =>
        {
            Work();
            return _target.DatagramsIn > before;
        });
    }

    /// <summary>Each line that was printed is there once, on the screen or above it: nothing was lost and nothing came twice.</summary>
    public void AssertNothingLost()
    {
        for (int i = 1; i <= _lines; i++)
        {
            AssertOnce("done-" + Number(i));
        }
    }

    /// <summary>What is above the screen may come later than what is on it.</summary>
    public void AssertOnce(string line)
    {
        Window.WaitFor(line, _ => Window.AllLines.Contains(line));
        Assert.Single(Window.AllLines, l => l == line);
    }

    /// <summary>The login shell's own end.</summary>
    public void Leave()
    {
        Window.Type("exit\r");
        Assert.Equal(0, Window.WaitForExit());
    }

    public void Dispose() => Window.Dispose();

    private static string Number(int line) => (1000 + line).ToString(CultureInfo.InvariantCulture);
}
