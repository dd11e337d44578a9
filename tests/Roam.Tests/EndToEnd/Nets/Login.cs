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

    /// <summary>Types a command whose output cannot be foretold by echo, and waits for that output.</summary>
    public void Work()
    {
        _lines++;
        string number = _lines.ToString(CultureInfo.InvariantCulture);
        Window.Type($"echo $(({number}+7000))-done\r");
        Window.WaitForText((7000 + _lines).ToString(CultureInfo.InvariantCulture) + "-done");
    }

    /// <summary>What was printed before is still on the screen, each line once: nothing was lost and nothing came twice.</summary>
    public void AssertNothingLost()
    {
        string text = Window.Text;
        for (int i = 1; i <= _lines; i++)
        {
            Assert.Equal(2, text.Split((7000 + i).ToString(CultureInfo.InvariantCulture) + "-done").Length);
        }
    }

    /// <summary>The login shell's own end.</summary>
    public void Leave()
    {
        Window.Type("exit\r");
        Assert.Equal(0, Window.WaitForExit());
    }

    public void Dispose() => Window.Dispose();

    /// <summary>Everything the client's terminal was told before the session: messages of the wrapper.</summary>
    public bool WasTold(string text) => Window.Heard.Contains(text, StringComparison.Ordinal);

    public override string ToString() => $"login at {_target.Name}";
}
