using System.Buffers;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Host;

/// <summary>Asks the terminal what a session would ask it, and waits for the answers.</summary>
public static unsafe class TerminalQuestions
{
    private const int InputBytesMax = 4096;

    /// <summary>Null: standard input and output are not one terminal. What was typed meanwhile is thrown away.</summary>
    public static TerminalFacts? Ask()
    {
        using Tty? tty = Tty.IsOneTerminal() ? Tty.TryOpen(out _) : null;
        if (tty is null)
        {
            return null;
        }

        tty.EnterRaw();
        TerminalAnswers answers = new();
        ArrayBufferWriter<byte> questions = new();
        TerminalQueries.Write(questions, ProcessEnvironment.Get("TERM_PROGRAM"));
        Instant now = SystemClock.Now;
        answers.Expect(now.Micros);
        _ = Libc.WriteAll(1, questions.WrittenSpan);
        Instant until = now.PlusMillis(TerminalAnswers.TimeoutMillis);
        byte[] input = new byte[InputBytesMax];
        byte[] keys = new byte[InputBytesMax + TerminalAnswers.HeldBytesMax];
        Libc.PollFd fd = new() { Fd = tty.InputFd, Events = Libc.POLLIN };
        bool ended = false;
        while (!ended && now < until && answers.IsAwaited(now.Micros))
        {
            LoopWait.Poll(&fd, 1, until);
            now = SystemClock.Now;
            int length = fd.Revents == 0 ? 0 : tty.Read(input, out ended);
            _ = answers.Filter(now.Micros, input.AsSpan(0, length), keys);
        }

        tty.DiscardInput();
        return answers.Facts;
    }
}
