using Roam.Host;

namespace Roam.Cli;

/// <summary>
/// `roam far`: what the far side's script becomes. `far new ...` starts a session as `roam server new` does, tells what a client can use, and then stays as its
/// carrier until standard input ends. Programs talk to it, not people (docs/getting-in.md).
/// </summary>
internal static class FarCommand
{
    /// <summary>What the lines and frames of both sides are; another number is another language.</summary>
    public const string Speaks = "1";

    private const string SpeaksOption = "--speaks";

    public const int AddressesMax = 4;

    /// <summary>The far end of `roam cp`.</summary>
    public const string FilesWord = "files";

    /// <summary>The same as a subsystem of a session without a terminal (Subsystem.Files at the server).</summary>
    public const string FilesSubsystem = "roam-files";

    public static int Run(string[] arguments)
    {
        if (arguments is [FarScript.EncodedOption, ..])
        {
            arguments = [.. arguments.Skip(1).Select(FarScript.Decode)];
        }

        bool isInScope = arguments is [LogoutGuard.InScopeOption, ..];
        arguments = isInScope ? arguments[1..] : arguments;
        switch (arguments)
        {
            case [SpeaksOption]:
                StandardStreams.Out(Speaks + "\n");
                return ExitCode.Success;
            case [FilesWord]:
                return FilesEnd.Run();
            case ["--echo", ..]:
                return EchoCommand.Run(arguments[1..]);
            case ["new", ..]:
                return RunNew(arguments, isInScope);
            default:
                StandardStreams.Error("roam far: this is the far end of a login by `roam`, which starts it by itself.\n");
                return ExitCode.Usage;
        }
    }

    private static int RunNew(string[] arguments, bool isInScope)
    {
        if (!ServerArguments.TryParse(arguments, out ServerArguments parsed, out string error))
        {
            StandardStreams.Error($"roam far: {error}\n");
            return ExitCode.Failure;
        }

        if (parsed.Complaints.Count > 0)
        {
            StandardStreams.Error(string.Concat(parsed.Complaints.Select(c => $"roam far: {c}, ignored\n")));
        }

        if (!isInScope)
        {
            LogoutGuard.Here().Escape("far", arguments);
        }

        if (MoshServerCommand.TryStart(parsed, arguments, sharesByDefault: true) is not { } session)
        {
            return ExitCode.Failure;
        }

        string? reached = ServerArguments.AddressOfSshConnection(ProcessEnvironment.Get("SSH_CONNECTION"));
        string[] addresses = HostAddresses.Global(reached, AddressesMax);
        StandardStreams.Out(
            (addresses.Length > 0 ? $"ROAM ADDRESSES {string.Join(' ', addresses)}\n" : "") + $"ROAM SESSION {session.Name}\n" + session.Announcement);
        return CarrierPump.RunAnnounced(session.Name);
    }
}
