using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam carry SESSION`: the far end of the ssh transport. A client whose UDP does not get through starts it by ssh.</summary>
internal static class CarryCommand
{
    public static int Run(string session)
    {
        // Frames are no text: a person who tries it gets a sentence, and keeps the terminal as it is.
        if (StandardStreams.InputIsTerminal || StandardStreams.OutputIsTerminal)
        {
            StandardStreams.Error("roam carry: this is the far end of a connection through ssh; roam starts it by itself.\n");
            return ExitCode.Usage;
        }

        return CarrierPump.RunAnnounced(session);
    }
}
