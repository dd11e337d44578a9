namespace Roam.Cli;

/// <summary>The words that start `far files` at a host, or here.</summary>
internal static class CopyConnection
{
    /// <summary>What a login for a copy does not want, whatever ssh's configuration says (as scp has it).</summary>
    private static readonly string[] Plain =
        ["-x", "-oPermitLocalCommand=no", "-oClearAllForwardings=yes", "-oRemoteCommand=none", "-oRequestTTY=no", "-oForwardAgent=no"];

    /// <summary>An end on this machine as a program of its own: a copy from here to here.</summary>
    public static string[] Here() => [OwnProgram.Path, "far", FarCommand.FilesWord];

    /// <summary>Null: --ssh cannot be split into words.</summary>
    public static List<string>? To(CopyPlace place, CopyArguments arguments)
    {
        if (!ShellWords.TrySplit(arguments.Program ?? "", out List<string> words))
        {
            return null;
        }

        // Through a session of our own, which survives what ssh does not, and brings Roam to hosts without it.
        bool isOurs = words.Count == 0;
        words.AddRange(isOurs ? [OwnProgram.Path, "ssh"] : []);
        words.AddRange(Plain);
        words.AddRange(arguments.ConnectionWords);
        if (place.Port is { } port)
        {
            words.AddRange(["-p", port]);
        }

        string host = Roam.Host.RawArguments.Text(place.Host!);
        if (isOurs)
        {
            words.AddRange(["-T", "-s", "--", host, FarCommand.FilesSubsystem]);
            return words;
        }

        words.AddRange(["-T", "--", host, FarScript.Command(InstallMode.Find, ServerBuilds.None, "far", FarCommand.FilesWord)]);
        return words;
    }
}
