using Roam.Host;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>
/// Plays a workload on a local pty in real time and writes down what passes: each keystroke as an input event, each read of the program's output, and as markers
/// (<see cref="TypingMarks"/>) the groups, the secrets and what the line discipline says whenever it changes. Answers to the program's queries are not written: whoever plays it back
/// has an emulator that gives them.
/// </summary>
internal sealed unsafe class TypingRecorder : IDisposable
{
    /// <summary>The line discipline is looked at so often, besides at each read.</summary>
    private const int LookMillis = 3;

    private const long TailMicros = 700_000;

    private readonly TypingWorkload _workload;
    private readonly WorkloadHome _home;
    private readonly TypedProgram _program;
    private readonly RecordingWriter _writer;
    private TypingGroup _group;
    private bool _isSecret;
    private string _line = "";

    public TypingRecorder(TypingWorkload workload, string file)
    {
        _workload = workload;
        _home = new WorkloadHome(workload);
        _writer = new RecordingWriter(file, new RecordingHeader
        {
            Width = TypingWorkload.Width,
            Height = TypingWorkload.Height,
            Title = workload.Name,
            Command = string.Join(' ', workload.Program),
            Term = WorkloadHome.Term,
        });
        _program = TypedProgram.Start(_home.Command, _home.Environment);
    }

    /// <summary>Null: all was typed. Else why not, with the screen as it was.</summary>
    public string? Run(ulong seed, double hurry)
    {
        Typist typist = new(_workload, seed, hurry);
        while (!typist.IsDone)
        {
            if (typist.Turn(SystemClock.Now.Micros, _program) is { } key)
            {
                Type(key);
            }

            Pump(typist.NextMicros);
        }

        for (long until = SystemClock.Now.Micros + TailMicros; SystemClock.Now.Micros < until && !_program.HasEnded;)
        {
            Pump(until);
        }

        return typist.Failure is null ? null : $"{typist.Failure}. The screen:\n{ScreenText.Describe(_program.Emulator.Screen)}";
    }

    public void Dispose()
    {
        _program.Dispose();
        _writer.Dispose();
        _home.Dispose();
    }

    private void Type(Keystroke key)
    {
        if (key.Group != _group)
        {
            _group = key.Group;
            _writer.Add(RecordingEventKind.Marker, TypingMarks.OfGroup(_group));
        }

        if (key.IsSecret != _isSecret)
        {
            _isSecret = key.IsSecret;
            _writer.Add(RecordingEventKind.Marker, TypingMarks.OfSecret(_isSecret));
        }

        // Written down before it is sent: the answer must stand behind it.
        _writer.Add(RecordingEventKind.Input, key.BytesFor(_program.Emulator.ApplicationCursorKeys));
        _program.Type(key);
    }

    private void Pump(long untilMicros)
    {
        Instant now = SystemClock.Now;
        Libc.PollFd fd = new() { Fd = _program.Fd, Events = _program.Events };
        LoopWait.Poll(&fd, 1, Instant.Min(new Instant(untilMicros), now.PlusMillis(LookMillis)));
        ReadOnlySpan<byte> output = _program.Read(SystemClock.Now.Micros);
        NoteLine();
        if (!output.IsEmpty)
        {
            _writer.Add(RecordingEventKind.Output, output);
        }
    }

    /// <summary>Before the output that was read with it: a program turns echo off first and then prints its prompt.</summary>
    private void NoteLine()
    {
        if (_program.TryGetLineFlags(out bool canonical, out bool echo) && TypingMarks.OfLine(canonical, echo) is string line && line != _line)
        {
            _line = line;
            _writer.Add(RecordingEventKind.Marker, line);
        }
    }
}
