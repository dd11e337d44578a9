using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam far`: what the far side of a login runs.</summary>
internal static class FarCommand
{
    public static int Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["--speaks"]:
                StandardStreams.Out("1\n");
                return ExitCode.Success;
            case ["--echo", ..]:
                return EchoCommand.Run(arguments[1..]);
            default:
                StandardStreams.Error("roam far: unknown words\n");
                return ExitCode.Usage;
        }
    }
}
