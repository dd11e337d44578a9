using Roam.Terminal;

namespace Roam.Lab;

/// <summary>
/// A recorded program on the far side of the link. What it did after a key it does again, the recorded time after that key came; the order stays. Answers of the server's emulator to its
/// queries are among its input and are passed over: what it did by them is recorded, too.
/// </summary>
internal sealed class RecordedProgram(SimRandom random, RecordedTyping typing) : SimProgram(random)
{
    private readonly List<(long AtMicros, bool Canonical, bool Echo)> _lines = [];
    private long _lastMicros;
    private int _key;
    private int _keyByte;
    private int _answer;

    /// <summary>-1: not started yet.</summary>
    public long StartedMicros { get; private set; } = -1;

    /// <summary>Keys that came, whole.</summary>
    public int KeysTaken => _key;

    /// <summary>ICANON and ECHO as they are then.</summary>
    public override FarTerminal FarTerminalAt(long nowMicros)
    {
        int i = _lines.FindLastIndex(l => l.AtMicros <= nowMicros);
        return i < 0 ? FarTerminal.Unknown : new FarTerminal(IsKnown: true, _lines[i].Canonical, _lines[i].Echo, IsAlternateScreen: false);
    }

    protected override void OnStart(long nowMicros)
    {
        StartedMicros = nowMicros;
        Answer(nowMicros, key: -1);
    }

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        while (!keys.IsEmpty)
        {
            if (_keyByte == 0 && EmulatorReply.LengthOf(keys) is > 0 and int length)
            {
                keys = keys[length..];
                continue;
            }

            if (_key == typing.Keys.Count || !Matches(keys[0]))
            {
                throw new InvariantViolation("recorded typing", $"{typing.Name}: byte {keys[0]:x2} came where key {_key} was due");
            }

            keys = keys[1..];
            if (++_keyByte == typing.Keys[_key].Key.Bytes.Length)
            {
                _keyByte = 0;
                Answer(nowMicros, _key++);
            }
        }
    }

    private void Answer(long nowMicros, int key)
    {
        for (; _answer < typing.Answers.Count && typing.Answers[_answer].Key == key; _answer++)
        {
            RecordedAnswer answer = typing.Answers[_answer];
            _lastMicros = Math.Max(_lastMicros, nowMicros + answer.DelayMicros);
            if (answer.Line is { } line)
            {
                _lines.Add((_lastMicros, line.Canonical, line.Echo));
            }
            else
            {
                Write(nowMicros, answer.DelayMicros, answer.Output);
            }
        }
    }

    /// <summary>Cursor keys and backspace come in the form that the program has asked for by now, which may have been another one when they were recorded.</summary>
    private bool Matches(byte b)
    {
        byte expected = typing.Keys[_key].Key.Bytes[_keyByte];
        return b == expected || (_keyByte == 1 && (b, expected) is ((byte)'O', (byte)'[') or ((byte)'[', (byte)'O')) || (b, expected) is (0x08, 0x7F) or (0x7F, 0x08);
    }
}
