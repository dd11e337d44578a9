using System.Buffers;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// Asks the user's terminal what it can do, once, beside the first frame, and takes the answers out of the input. Nothing waits for them but the end of the
/// program: answers that come after it would be typed into the user's shell.
/// </summary>
internal sealed unsafe class TerminalProbe(Tty tty, int inputBytesMax)
{
    /// <summary>The program's end waits so long for answers that are still on their way; then what has come in is thrown away.</summary>
    private const long ExitWaitMillis = 500;

    private readonly TerminalAnswers _answers = new();
    private readonly byte[] _keys = new byte[inputBytesMax + TerminalAnswers.HeldBytesMax];
    private TerminalFacts _told = TerminalFacts.None;
    private bool _asked;

    public Instant NextTimeout => _answers.NextTimeout(out long micros) ? new Instant(micros) : Instant.Never;

    public void Ask(Instant now, IBufferWriter<byte> output)
    {
        if (!_asked)
        {
            _asked = true;
            TerminalQueries.Write(output, ProcessEnvironment.Get("TERM_PROGRAM"));
            _answers.Expect(now.Micros);
        }
    }

    /// <summary>Asks for the cursor's row after the window was changed.</summary>
    public void AskCursor(Instant now, IBufferWriter<byte> output)
    {
        TerminalPainter.WriteCursorQuestion(output);
        _answers.ExpectCursor(now.Micros, TerminalPainter.CursorWaitMillis);
    }

    public bool TryTakeCursor(out int row) => _answers.TryTakeCursor(out row);

    /// <summary>What was typed, without the answers. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Filter(Instant now, ReadOnlySpan<byte> input) => _keys.AsSpan(0, _answers.Filter(now.Micros, input, _keys));

    /// <summary>What was held too long to be an answer.</summary>
    public ReadOnlySpan<byte> Release(Instant now) => _keys.AsSpan(0, _answers.Release(now.Micros, _keys));

    /// <summary>True when the terminal has said something new.</summary>
    public bool TryLearn(out TerminalFacts facts)
    {
        facts = _answers.Facts;
        bool isNew = !ReferenceEquals(facts, _told);
        _told = facts;
        return isNew;
    }

    /// <summary>Reads until the last answer has come, while the terminal is still raw. Called when nothing of the input is wanted any more.</summary>
    public void Finish()
    {
        Instant now = SystemClock.Now;
        Instant until = now.PlusMillis(ExitWaitMillis);
        if (!_answers.IsAwaited(now.Micros))
        {
            return;
        }

        Span<byte> input = stackalloc byte[256];
        Libc.PollFd fd = new() { Fd = tty.InputFd, Events = Libc.POLLIN };
        bool ended = false;
        while (!ended && now < until && _answers.IsAwaited(now.Micros))
        {
            LoopWait.Poll(&fd, 1, until);
            now = SystemClock.Now;
            int length = fd.Revents == 0 ? 0 : tty.Read(input, out ended);
            _answers.Filter(now.Micros, input[..length], _keys);
        }

        if (_answers.IsAwaited(now.Micros))
        {
            tty.DiscardInput();
        }
    }
}
