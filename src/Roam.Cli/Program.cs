using Roam.Host;

namespace Roam.Cli;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        // argv[0] as the caller wrote it: a link's name says which program is wanted.
        string name = Environment.GetCommandLineArgs()[0];
        return Dispatch.Of(name, arguments, out string[] rest) switch
        {
            EntryPoint.DetachedServer => Detach.RunChild(),
            EntryPoint.DetachedBroker => BrokerHost.RunChild(),
            EntryPoint.Server => MoshServerCommand.Run(rest, sharesByDefault: true),
            EntryPoint.DetachedRelay => RelayHost.RunChild(),
            EntryPoint.Ssh => RoamCommand.RunAsSsh(rest),
            EntryPoint.Relay => RelayCommand.Run(rest),
            EntryPoint.MoshServer => MoshServerCommand.Run(rest, sharesByDefault: false),
            EntryPoint.Copy => CopyCommand.Run(rest),
            EntryPoint.Far => FarCommand.Run(rest),
            EntryPoint.MoshClient => MoshClientCommand.Run(rest),
            EntryPoint.CollectorSettings => ShowCollectorSettings(),
            EntryPoint.Mosh => MoshCommand.Run(rest),
            _ => RoamCommand.Run(rest),
        };
    }

    private static int ShowCollectorSettings()
    {
        foreach ((string name, object value) in GC.GetConfigurationVariables())
        {
            StandardStreams.Out($"{name}={value}\n");
        }

        return ExitCode.Success;
    }
}
