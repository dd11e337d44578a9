namespace Roam.Cli;

/// <summary>The words that start `far files` at a host, or here.</summary>
internal static class CopyConnection
{
    /// <summary>What a login for a copy does not want, whatever ssh's configuration says (as scp has it).</summary>
    private static readonly string[] Plain =
        ["-x", "-oPermitLocalCommand=no", "-oClearAllForwardings=yes", "-oRemoteCommand=none", "-oRequestTTY=no", "-oForwardAgent=no"];

    /// <summary>An end on this machine as a program of its own: a copy from here to here.</summary>
    public static string[] Here() => [OwnProgram.Path, "far", FarCommand.FilesWord];

    /// <summary>Null: -S or --ssh cannot be split into words.</summary>
    public static List<string>? To(CopyPlace place, CopyArguments arguments)
    {
        if (!ShellWords.TrySplit(arguments.Program ?? arguments.SshCommandLine, out List<string> words) || words.Count == 0)
        {
            return null;
        }

        words.AddRange(Plain);
        words.AddRange(arguments.ConnectionWords);
        if (place.Port is { } port)
        {
            words.AddRange(["-p", port]);
        }

        string host = Roam.Host.RawArguments.Text(place.Host!);
        return arguments.Program is null
            // Through a session of our own, which survives what ssh does not, and brings Roam to hosts without it.
            ? [OwnProgram.Path, "--ssh=" + ShellWords.QuoteAll(words), "-T", "-s", "--", host, FarCommand.FilesSubsystem]
            : [.. words, "-T", "--", host, FarScript.Command(InstallMode.Find, ServerBuilds.None, "far", FarCommand.FilesWord)];
    }
}
