using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// A line editor: echoes, takes back on DEL, runs something on Enter. Prompts carry the number of lines entered, so that a careful user knows which Enter was answered.
/// With passwords on, some commands ask for one: no echo until Enter. The pty is raw at the shell's own prompt, cooked while a command runs; every other time the echo is turned off
/// only after the prompt for the password was written.
/// </summary>
internal sealed class EchoShell(SimRandom random, bool asksPasswords) : SimProgram(random)
{
    public const string PasswordPrompt = " Password: ";

    public const string ShellPrompt = " $ ";

    /// <summary>Between the prompt and the change of the flags.</summary>
    private const long EchoOffMicros = 3000;

    private int _lines;
    private int _typed;
    private int _escape;
    private long _promptMicros = long.MaxValue;
    private long _secretMicros = long.MaxValue;

    public bool IsSecret { get; private set; }

    public override FarTerminal FarTerminalAt(long nowMicros)
    {
        bool isSecret = nowMicros >= _secretMicros, isRaw = nowMicros >= _promptMicros;
        return new FarTerminal(IsKnown: true, IsCanonical: !isRaw, Echoes: !isRaw && !isSecret, IsAlternateScreen: false);
    }

    protected override void OnStart(long nowMicros)
    {
        Write(nowMicros, 2000, "welcome\r\n[0]" + ShellPrompt);
        _promptMicros = LastWriteMicros;
    }

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        foreach (byte key in keys)
        {
            OnKey(nowMicros, key);
        }
    }

    private void OnKey(long nowMicros, byte key)
    {
        if (_escape != 0)
        {
            // ESC, then [ or O, then one letter: cursor keys, which this shell does not use.
            _escape = _escape == 1 && key is (byte)'[' or (byte)'O' ? 2 : 0;
            return;
        }

        switch (key)
        {
            case 0x1B:
                _escape = 1;
                break;
            case (byte)'\r':
                Enter(nowMicros);
                break;
            case 0x7F when _typed > 0 && !IsSecret:
                _typed--;
                Write(nowMicros, EchoDelay(), "\b \b");
                break;
            case >= 0x20 and < 0x7F when !IsSecret && _typed < 200:
                _typed++;
                Write(nowMicros, EchoDelay(), [key]);
                break;
        }
    }

    private long EchoDelay() => Random.Between(200, 4000);

    private void Enter(long nowMicros)
    {
        _lines++;
        _typed = 0;
        (_promptMicros, _secretMicros) = (long.MaxValue, long.MaxValue);
        if (!IsSecret && asksPasswords && Random.Below(3) == 0)
        {
            IsSecret = true;
            Write(nowMicros, Random.Between(1000, 60_000), $"\r\n[{_lines}]{PasswordPrompt}");
            _secretMicros = LastWriteMicros + (_lines % 2 == 0 ? -EchoOffMicros : EchoOffMicros);
            return;
        }

        IsSecret = false;
        long delay = Random.Between(500, 30_000);
        Write(nowMicros, delay, "\r\n");
        for (int i = Random.SmallBelow(40); i > 0; i--)
        {
            Write(nowMicros, delay, $"{Rendition()}{Words(Random.SmallBelow(120))}\e[0m\r\n");
        }

        if (Random.Below(8) == 0)
        {
            Write(nowMicros, delay, $"\e]0;title {_lines}\a");
        }

        if (Random.Below(12) == 0)
        {
            Write(nowMicros, delay, "\a");
        }

        Write(nowMicros, delay, BesidePicture(_lines));
        Write(nowMicros, delay, $"[{_lines}]{ShellPrompt}");
        _promptMicros = LastWriteMicros;
    }

    /// <summary>A link, and what goes to the terminal and not into the picture: another thing with each line.</summary>
    private static string BesidePicture(int line) => (line % 8) switch
    {
        1 => $"\e]8;;http://host/{line}\asee page {line}\e]8;;\a\r\n",
        2 => $"\e]7;file://host/{line}\a\e]52;c;{Convert.ToBase64String([(byte)line])}\a",
        3 => $"\e]9;4;1;{line % 100}\a\e]4;{line % 256};rgb:{line % 256:x2}/00/ff\a",
        4 => $"\e]9;done {line}\a\e]22;text\a\e]11;#102030\a",
        5 => $"\e]52;p0;{Convert.ToBase64String([(byte)line, 0])}\a\e]8;id=x;http://host\aa long link {new string('-', 90)}\e]8;;\a\r\n",
        6 => "\e]777;notify;title;body\a\e]9;4;0\a\e]22;\a\e]104\a",
        _ => "\e]111\a",
    };
}
