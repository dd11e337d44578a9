namespace Roam.Host;

/// <summary>Two far ends that meet here: each frame is looked at, and goes on.</summary>
internal sealed class CopyRelay(FilesChild source, FilesChild target, CopyTally tally)
{
    private bool _isFinished;

    /// <summary>False: one of them ended before the other had all.</summary>
    public bool Run()
    {
        Thread answers = new(PassAnswers) { IsBackground = true, Name = "answers" };
        answers.Start();
        while (source.Input.Next(out FrameType type, out ReadOnlySpan<byte> payload) && !target.Output.IsBroken)
        {
            tally.Saw(type, payload);
            Pass(type, payload, target.Output);
            if (!source.Input.HasMore || type == FrameType.Finish)
            {
                target.Output.Flush();
            }

            if (type == FrameType.Finish)
            {
                answers.Join();
                return Volatile.Read(ref _isFinished);
            }
        }

        // Whoever is left hears of it by the end of its input.
        return false;
    }

    private void PassAnswers()
    {
        while (target.Input.Next(out FrameType type, out ReadOnlySpan<byte> payload))
        {
            Pass(type, payload, source.Output);
            if (!target.Input.HasMore || type == FrameType.Finished)
            {
                source.Output.Flush();
            }

            if (type == FrameType.Finished)
            {
                Volatile.Write(ref _isFinished, true);
                return;
            }
        }

        // The receiver is gone: nothing that the sender says is of use.
        source.Interrupt();
    }

    private void Pass(FrameType type, ReadOnlySpan<byte> payload, FrameOutput output)
    {
        if (type != FrameType.Note)
        {
            output.Send(type, payload);
        }
        else if (CopyNote.Read(payload) is { } note)
        {
            tally.Tell(note);
        }
    }
}
