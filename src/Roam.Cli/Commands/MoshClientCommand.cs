using System.Globalization;
using Roam.Host;
using Roam.Transport;

namespace Roam.Cli;

/// <summary>`mosh-client` and `roam client`: joins a session whose server is already there.</summary>
internal static class MoshClientCommand
{
    private const string Name = "mosh-client";
    private const string KeyVariable = "MOSH_KEY";

    public static int Run(string[] arguments)
    {
        // First of all: what this process starts or who looks at its environment must not see the key.
        string? key = ProcessEnvironment.TakeSecret(KeyVariable);
        ClientWaySettings ways = ClientWaySettings.Take();
        if (!ClientArguments.TryParse(arguments, out ClientArguments parsed, out string error))
        {
            StandardStreams.Error($"{Name}: {error}\n{ClientArguments.Usage}");
            return ExitCode.Failure;
        }

        if (parsed.ShowHelp || parsed.ShowVersion)
        {
            StandardStreams.Out(parsed.ShowHelp ? ClientArguments.Usage : VersionText.Compatible(Name));
            return ExitCode.Success;
        }

        if (parsed.ShowColorCount)
        {
            return ShowColorCount();
        }

        return Start(parsed, key, ways);
    }

    private static int Start(ClientArguments parsed, string? key, ClientWaySettings ways)
    {
        if (ways.Complaint is { } complaint)
        {
            return Fail(complaint);
        }

        if (string.IsNullOrEmpty(key))
        {
            return Fail($"{KeyVariable} is not set. (`mosh` and `roam` set it; a server prints it after MOSH CONNECT.)");
        }

        if (!SessionKey.TryParse(key, out _))
        {
            return Fail($"{KeyVariable} is not a key: 22 characters of base64 are needed");
        }

        if (!ClientSettings.TryRead(ReadVariable, out ClientSettings settings, out string error))
        {
            return Fail(error);
        }

        if (!settings.UsesPipes && !ClientTerminal.IsUsable(Name))
        {
            return ExitCode.Failure;
        }

        return ClientHost.Run(new ClientHostOptions
        {
            Address = parsed.Address,
            MoreAddresses = settings.MoreAddresses,
            Port = parsed.Port,
            Places = settings.Places,
            KeyText = key,
            Prediction = settings.Prediction,
            PredictOverwrite = settings.PredictOverwrite,
            EscapeKey = settings.EscapeKey,
            InitializeTerminal = settings.InitializeTerminal,
            AsksTerminal = settings.AsksTerminal,
            WantsHistory = settings.WantsHistory,
            TitlePrefix = settings.TitlePrefix ? "[mosh] " : "",
            TellsExitStatus = settings.TellsExitStatus,
            UsesPipes = settings.UsesPipes,
            Transport = ways.Transport,
            Carrier = ways.Carrier,
            CarryCommand = ways.CarryCommand,
            FinderCommand = ways.FinderCommand,
            Typed = parsed.Typed,
            AgentPath = settings.AgentPath,
            Forwards = settings.Forwards,
            ForwardsAreStrict = settings.ForwardsAreStrict,
            Verbosity = parsed.Verbosity,
        });
    }

    /// <summary>Places have ids, which let anybody who knows them speak to the relay: the session's programs and ps must not see them.</summary>
    private static string? ReadVariable(string name) => name == ClientSettings.PlacesVariable ? ProcessEnvironment.TakeSecret(name) : ProcessEnvironment.Get(name);

    private static int ShowColorCount()
    {
        if (!ClientTerminal.HasDescription(Name))
        {
            return ExitCode.Failure;
        }

        StandardStreams.Out(ClientTerminal.ColorCount().ToString(CultureInfo.InvariantCulture) + "\n");
        return ExitCode.Success;
    }

    private static int Fail(string message)
    {
        StandardStreams.Error($"{Name}: {message}\n");
        return ExitCode.Failure;
    }
}
