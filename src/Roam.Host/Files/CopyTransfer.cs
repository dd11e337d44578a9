namespace Roam.Host;

/// <summary>
/// Carries an order out: this process is the end that is here, and speaks with the one that is not; when neither is here, it hands frames from one to the other and
/// looks at them on the way.
/// </summary>
public static class CopyTransfer
{
    private static readonly FileSystem Files = new();

    public static CopyOutcome Run(CopyOrder order, CopyTally tally)
    {
        tally.BeginTransfer();
        byte[] key = new byte[SipHash128.KeyBytes];
        new SystemRandom().Fill(key);
        RatePace? pace = order.BytesPerSecond > 0 ? new RatePace(order.BytesPerSecond) : null;
        using FilesChild? source = Start(order.SourceCommand, tally, inputPace: pace, outputPace: null);
        if (source is null && order.SourceCommand is not null)
        {
            return CopyOutcome.NotStarted;
        }

        using FilesChild? target = Start(order.TargetCommand, tally, inputPace: null, outputPace: source is null ? pace : null);
        if (target is null && order.TargetCommand is not null)
        {
            return CopyOutcome.NotStarted;
        }

        tally.Lead(source, target);
        if (!Greet(source) || !Greet(target))
        {
            tally.Lead(null, null);
            source?.Dispose();
            target?.Dispose();
            tally.FarExitCode = Math.Max(source?.ExitCode ?? 0, target?.ExitCode ?? 0);
            return tally.IsInterrupted ? CopyOutcome.Interrupted : CopyOutcome.NoFarEnd;
        }

        bool isComplete = Carry(order, key, source, target, tally);
        tally.Lead(null, null);
        if (!isComplete)
        {
            // They may be in the middle of what nobody reads any more.
            source?.Interrupt();
            target?.Interrupt();
        }

        return tally.IsFatal ? CopyOutcome.Stopped : isComplete ? CopyOutcome.Complete : CopyOutcome.Interrupted;
    }

    private static bool Carry(CopyOrder order, byte[] key, FilesChild? source, FilesChild? target, CopyTally tally)
    {
        if (source is not null && target is not null)
        {
            FilesEnd.OrderSender(source.Output, order, key);
            FilesEnd.OrderReceiver(target.Output, order, key);
            return new CopyRelay(source, target, tally).Run();
        }

        if (target is not null)
        {
            FilesEnd.OrderReceiver(target.Output, order, key);
            target.Output.Watch = tally.Saw;
            return new CopySender(Files, target.Input, target.Output, order.Flags & ~CopyFlags.Expand, key, tally.Tell).Run([.. order.Sources]);
        }

        FilesEnd.OrderSender(source!.Output, order, key);
        source.Input.Watch = tally.Saw;
        using CopyReceiver receiver = new(Files, source.Input, source.Output, order.Flags & ~CopyFlags.Expand, key, tally.Tell);
        foreach (byte[] word in order.Sources)
        {
            receiver.Expected.Add(ExpectedName.Of(word, expands: true));
        }

        return receiver.Run(order.Destination);
    }

    private static FilesChild? Start(IReadOnlyList<string>? command, CopyTally tally, RatePace? inputPace, RatePace? outputPace)
    {
        if (command is null)
        {
            return null;
        }

        if (FilesChild.TryStart(command, inputPace, outputPace, out string error) is { } child)
        {
            return child;
        }

        tally.Tell(CopyNote.Fatal($"{command[0]}: {error}"));
        return null;
    }

    /// <summary>False: there is somebody else, or nobody.</summary>
    private static bool Greet(FilesChild? far)
    {
        if (far is null)
        {
            return true;
        }

        if (!far.Input.SkipTo(FilesEnd.Greeting))
        {
            return false;
        }

        far.Output.SendLine([.. FilesEnd.Greeting, (byte)'\n']);
        return true;
    }
}
