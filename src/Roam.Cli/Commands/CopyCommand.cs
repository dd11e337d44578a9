using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam cp`: files from here to there, from there to here, or from one host to another (docs/files.md).</summary>
internal static class CopyCommand
{
    public static int Run(string[] arguments)
    {
        if (!CopyArguments.TryParse(RawArguments.Of(arguments), out CopyArguments parsed, out string error))
        {
            StandardStreams.Error($"roam cp: {error}\nUsage: {CopyArguments.Synopsis}Try `roam cp --help`.\n");
            return ExitCode.Usage;
        }

        long start = SystemClock.Now.Micros;
        bool isDrawn = !parsed.IsQuiet && StandardStreams.ErrorIsTerminal;
        CopyScreen screen = new(isDrawn, start);
        CopyTally tally = new(note => screen.Say(Line(note)));
        InterruptWatch watch = InterruptWatch.Start(tally.Interrupt, isDrawn ? () => screen.Draw(tally.State) : null);
        bool isComplete = CopyAll(parsed, tally, screen, isDrawn);
        watch.Stop();
        if (tally.IsInterrupted)
        {
            screen.Say("roam cp: stopped; the same command goes on where it was");
            return watch.ExitCode;
        }

        if (isDrawn && isComplete)
        {
            screen.Say(CopyProgress.Summary(tally.State, SystemClock.Now.Micros - start));
        }

        screen.Erase();
        return isComplete && tally.Errors == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Sources of one host that follow each other share a connection. False: something did not end well.</summary>
    private static bool CopyAll(CopyArguments parsed, CopyTally tally, CopyScreen screen, bool isDrawn)
    {
        bool isComplete = true;
        for (int i = 0; i < parsed.Sources.Count && !tally.IsInterrupted;)
        {
            CopyPlace first = parsed.Sources[i];
            List<byte[]> sources = [];
            while (i < parsed.Sources.Count && parsed.Sources[i].Host == first.Host && parsed.Sources[i].Port == first.Port)
            {
                sources.Add(RawArguments.Bytes(parsed.Sources[i++].Path));
            }

            bool isSeveral = parsed.Sources.Count > 1;
            CopyOrder order = new()
            {
                Sources = sources,
                Destination = RawArguments.Bytes(parsed.Destination.Path),
                Flags = parsed.CopyFlags | (isSeveral ? CopyFlags.IntoDirectory : 0) | (isDrawn ? CopyFlags.Census : 0),
                SourceCommand = first.IsHere ? null : CopyConnection.To(first, parsed),
                TargetCommand = !parsed.Destination.IsHere ? CopyConnection.To(parsed.Destination, parsed) : first.IsHere ? CopyConnection.Here() : null,
                BytesPerSecond = parsed.BytesPerSecond,
            };
            if ((!first.IsHere && order.SourceCommand is null) || (!parsed.Destination.IsHere && order.TargetCommand is null))
            {
                screen.Say("roam cp: --ssh or -S cannot be split into words");
                return false;
            }

            isComplete &= Judge(CopyTransfer.Run(order, tally), tally, screen, first.Host ?? parsed.Destination.Host ?? "this machine");
        }

        return isComplete;
    }

    private static bool Judge(CopyOutcome outcome, CopyTally tally, CopyScreen screen, string host)
    {
        host = RawArguments.Text(host);
        switch (outcome)
        {
            case CopyOutcome.Interrupted when !tally.IsInterrupted:
                screen.Say($"roam cp: the connection to {host} ended; the same command goes on where it was");
                break;
            case CopyOutcome.NoFarEnd when tally.FarExitCode == ExitCode.ServerNotFound:
                screen.Say($"roam cp: there is no roam on {host}. `roam {host}` installs it there at the first login.");
                break;
            case CopyOutcome.NoFarEnd when tally.FarExitCode != ExitCode.WrapperUsage:
                screen.Say($"roam cp: {host} answered something else than roam");
                break;
        }

        return outcome == CopyOutcome.Complete;
    }

    private static string Line(CopyNote note) => note.Path.Length == 0 ? $"roam cp: {note.Text}" : $"roam cp: {PrintableName.Of(note.Path)}: {note.Text}";
}
