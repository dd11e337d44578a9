using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>Types, pastes, resizes. A careful user waits for each Enter's answer and gives the secret word at a password prompt.</summary>
internal sealed class SimUser(UserPlan plan, SimRandom random)
{
    private const int PasteBytesMax = 30_000;

    private static readonly byte[][] ArrowKeys = ["\eOA"u8.ToArray(), "\eOB"u8.ToArray(), "\eOC"u8.ToArray(), "\eOD"u8.ToArray(), "\e[C"u8.ToArray(), "\e[D"u8.ToArray()];
    private static readonly byte[][] EscapeKeys = ["\e"u8.ToArray(), "\ex"u8.ToArray(), "\e[5~"u8.ToArray(), "\eOP"u8.ToArray(), "\e[1;5C"u8.ToArray(), "é"u8.ToArray(), "日"u8.ToArray()];
    private static readonly byte[] ControlKeys = [1, 4, 5, 9, 11, 12, 16, 18, 21, 23];

    private readonly Queue<byte[]> _keys = new();
    private bool _isStopped;
    private bool _waits;
    private int _enters;

    public long KeysTyped { get; private set; }

    public int SecretsTyped { get; private set; }

    /// <summary>Nothing is half typed.</summary>
    public bool IsIdle => _keys.Count == 0;

    public void Stop() => _isStopped = true;

    public void Schedule(SimWorld world)
    {
        if (plan.ActionMillis == 0)
        {
            return;
        }

        long wait = _keys.Count != 0 ? random.BetweenMicros(1000, plan.KeyMillis * 2000L) : 1000L * (1 + random.SmallBelow(plan.ActionMillis * 3));
        world.Queue.Add(world.NowMicros + wait, SimEventKind.User);
    }

    public void Act(SimWorld world)
    {
        if (world.Client.IsAsleep || world.Client.IsFinished)
        {
            if (!_isStopped)
            {
                Schedule(world);
            }

            return;
        }

        if (_keys.TryDequeue(out byte[]? keys))
        {
            Type(world, keys);
        }
        else if (!_isStopped && !_waits)
        {
            Decide(world);
        }

        if (!_isStopped || _keys.Count != 0)
        {
            Schedule(world);
        }
    }

    /// <summary>The careful user reads the newest frame: is that the prompt for the last Enter?</summary>
    public void Look(SimWorld world, Screen frame)
    {
        if (!plan.IsCareful || !_waits || _isStopped || _keys.Count != 0)
        {
            return;
        }

        string before = TextBeforeCursor(frame);
        string count = $"[{_enters}]";
        if (before.EndsWith(count + EchoShell.ShellPrompt, StringComparison.Ordinal))
        {
            _waits = false;
        }
        else if (before.EndsWith(count + EchoShell.PasswordPrompt, StringComparison.Ordinal))
        {
            _waits = false;
            SecretsTyped++;
            for (int i = random.Between(3, 10); i > 0; i--)
            {
                _keys.Enqueue([(byte)SimProgram.SecretAlphabet[random.Below(SimProgram.SecretAlphabet.Length)]]);
            }

            _keys.Enqueue("\r"u8.ToArray());
            world.Trace.Note(world.NowMicros, "user", "secret", (ulong)_keys.Count);
        }
    }

    private static string TextBeforeCursor(Screen frame)
    {
        StringBuilder text = new();
        ReadOnlySpan<Cell> cells = frame.CellsAt(frame.Cursor.Row);
        for (int x = 0; x < frame.Cursor.Column; x++)
        {
            text.Append(cells[x].IsGrapheme ? '?' : (char)cells[x].Content);
        }

        return text.ToString();
    }

    private void Decide(SimWorld world)
    {
        int draw = random.Below(plan.WeightSum);
        if ((draw -= plan.Type) < 0)
        {
            for (int i = random.Between(1, 20); i > 0; i--)
            {
                _keys.Enqueue([random.Below(7) == 0 ? (byte)' ' : (byte)SimProgram.PlainAlphabet[random.Below(SimProgram.PlainAlphabet.Length)]]);
            }
        }
        else if ((draw -= plan.Enter) < 0)
        {
            _keys.Enqueue("\r"u8.ToArray());
        }
        else if ((draw -= plan.Erase) < 0)
        {
            for (int i = random.Between(1, 5); i > 0; i--)
            {
                _keys.Enqueue([0x7F]);
            }
        }
        else if ((draw -= plan.Arrows) < 0)
        {
            _keys.Enqueue(ArrowKeys[random.Below(ArrowKeys.Length)]);
        }
        else if ((draw -= plan.Escapes) < 0)
        {
            _keys.Enqueue(EscapeKeys[random.Below(EscapeKeys.Length)]);
        }
        else if ((draw -= plan.Controls) < 0)
        {
            _keys.Enqueue([ControlKeys[random.Below(ControlKeys.Length)]]);
        }
        else if (draw - plan.Paste < 0)
        {
            _keys.Enqueue(Paste());
        }
        else
        {
            for (int i = random.Between(1, 6); i > 0; i--)
            {
                world.Client.Resize(world, random.Chance(100) ? random.Between(1, 4) : random.Between(5, 200), random.Chance(100) ? random.Between(1, 3) : random.Between(3, 70));
            }
        }
    }

    private byte[] Paste()
    {
        byte[] text = new byte[1 + random.SmallBelow(PasteBytesMax)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = random.Below(50) == 0 ? (byte)'\r' : (byte)SimProgram.PlainAlphabet[random.Below(SimProgram.PlainAlphabet.Length)];
        }

        return text;
    }

    private void Type(SimWorld world, byte[] keys)
    {
        KeysTyped += keys.Length;
        if (keys is [(byte)'\r'] && plan.IsCareful)
        {
            _enters++;
            _waits = true;
        }

        world.Client.Type(world, keys);
    }
}
