using System.Text;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// What runs on the server's pty: reads keys, writes output after some delay, in order. Deterministic by its generator.
/// Letters of <see cref="SecretAlphabet"/> are never written by any program, so that one on the client's screen is a leak.
/// </summary>
internal abstract class SimProgram(SimRandom random)
{
    /// <summary>What the user types at a no-echo prompt.</summary>
    public const string SecretAlphabet = "JQXZ";

    /// <summary>What everything else is made of.</summary>
    public const string PlainAlphabet = "abcdefghiklmnoprstuvwy0123456789-_/.ABCDEFGHIKLMNOPRSTUVWY";

    private readonly Queue<(long AtMicros, byte[] Bytes)> _outbox = new();
    private long _lastAtMicros;

    protected SimRandom Random { get; } = random;

    protected int Width { get; private set; } = 80;

    protected int Height { get; private set; } = 24;

    /// <summary>Bytes of input that came, over all.</summary>
    public long InputBytes { get; private set; }

    /// <summary>Output is waiting.</summary>
    public bool HasOutput => _outbox.Count != 0;

    /// <summary>The world lets everything come to rest: no output any more but answers to input.</summary>
    protected bool IsResting { get; private set; }

    /// <summary>Next time at which <see cref="Run"/> wants to be called.</summary>
    public long NextMicros => Math.Min(_outbox.Count == 0 ? long.MaxValue : _outbox.Peek().AtMicros, NextTickMicros);

    protected long NextTickMicros { get; set; } = long.MaxValue;

    /// <summary>When what was written last comes out.</summary>
    protected long LastWriteMicros => _lastAtMicros;

    /// <summary>The pty's flags as the program has them then; unknown: this program's server does not say.</summary>
    public virtual FarTerminal FarTerminalAt(long nowMicros) => FarTerminal.Unknown;

    public void Start(long nowMicros, int width, int height)
    {
        (Width, Height) = (width, height);
        OnStart(nowMicros);
    }

    public void Resize(long nowMicros, int width, int height)
    {
        (Width, Height) = (width, height);
        OnResize(nowMicros);
    }

    public void Input(long nowMicros, ReadOnlySpan<byte> keys)
    {
        InputBytes += keys.Length;
        OnInput(nowMicros, keys);
    }

    public void Rest(long nowMicros)
    {
        IsResting = true;
        NextTickMicros = long.MaxValue;
        _lastAtMicros = Math.Max(_lastAtMicros, nowMicros);
    }

    public void Run(long nowMicros)
    {
        if (NextTickMicros <= nowMicros)
        {
            NextTickMicros = long.MaxValue;
            OnTick(nowMicros);
        }
    }

    public bool TryTakeOutput(long nowMicros, out byte[] bytes)
    {
        if (_outbox.Count == 0 || _outbox.Peek().AtMicros > nowMicros)
        {
            bytes = [];
            return false;
        }

        bytes = _outbox.Dequeue().Bytes;
        return true;
    }

    protected abstract void OnStart(long nowMicros);

    protected abstract void OnInput(long nowMicros, ReadOnlySpan<byte> keys);

    protected virtual void OnResize(long nowMicros)
    {
    }

    protected virtual void OnTick(long nowMicros)
    {
    }

    /// <summary>Output in so many microseconds, never before what was written earlier.</summary>
    protected void Write(long nowMicros, long delayMicros, ReadOnlySpan<byte> bytes)
    {
        _lastAtMicros = Math.Max(_lastAtMicros, nowMicros + delayMicros);
        _outbox.Enqueue((_lastAtMicros, bytes.ToArray()));
    }

    protected void Write(long nowMicros, long delayMicros, string text) => Write(nowMicros, delayMicros, Encoding.UTF8.GetBytes(text));

    protected string Words(int length)
    {
        StringBuilder text = new(length);
        while (text.Length < length)
        {
            text.Append(Random.Below(6) == 0 ? ' ' : PlainAlphabet[Random.Below(PlainAlphabet.Length)]);
        }

        return text.ToString();
    }

    protected string Rendition() => Random.Below(5) switch
    {
        0 => "\e[0m",
        1 => $"\e[{30 + Random.Below(8)}m",
        2 => $"\e[1;{40 + Random.Below(8)}m",
        3 => $"\e[38;5;{Random.Below(256)}m",
        _ => $"\e[38;2;{Random.Below(256)};{Random.Below(256)};{Random.Below(256)}m",
    };
}
