using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>Starts a server, over ssh or on this machine, and becomes the client of it.</summary>
internal static class Wrapper
{
    /// <summary>Held back until something follows them; more are shown as they come.</summary>
    private const int BlankLinesMax = 8;

    public static int Run(WrapperOptions options)
    {
        if (options.FakeProxy)
        {
            return RunProxy(options);
        }

        if (options.UsesPipes)
        {
            return RunPipes(options);
        }

        if (options.ClientPath is null && !ClientTerminal.IsUsable(options.ProgramName))
        {
            return ExitCode.Failure;
        }

        if (!TryColorCount(options, out int colorCount))
        {
            return ExitCode.Failure;
        }

        if (options.Local || options.Host is null)
        {
            return RunLocal(options, colorCount);
        }

        return options.RemoteIp == RemoteIpSource.Auto ? AutomaticWay.Run(options, options.Host, colorCount) : RunSsh(options, options.Host, colorCount);
    }

    /// <summary>A command without a terminal, which needs Roam at both ends. Whatever goes wrong before it runs is ssh's code for that.</summary>
    private static int RunPipes(WrapperOptions options)
    {
        if (options.ClientPath is not null || options.ServerCommandLine is not null)
        {
            return Fail(options, $"a command without a terminal needs Roam at both ends: leave out --client and --server, and it installs itself on {options.Host ?? "the host"}.", ExitCode.SshFailure);
        }

        if (options.NoInput)
        {
            StandardStreams.ForgetInput();
        }

        _ = options.Local || options.Host is null ? RunLocal(options, 0) : AutomaticWay.Run(options, options.Host, 0);
        return ExitCode.SshFailure;
    }

    private static int RunProxy(WrapperOptions options)
    {
        if (options.Host is null || options.Command.Length != 1)
        {
            return Fail(options, "--fake-proxy is for ssh's ProxyCommand: it needs a host and a port");
        }

        return TcpProxy.Run(options.Host, options.Command[0], options.Family);
    }

    private static int RunLocal(WrapperOptions options, int colorCount)
    {
        string host = options.Host ?? "127.0.0.1";
        if (!TryResolve(options, host, out string address, out _))
        {
            return ExitCode.Failure;
        }

        options.AgentPath = AgentChoice.PathOf(options.WantsAgent, configured: null);
        List<string>? server = ServerCommand.ForThisMachine(options, colorCount, ServerCommand.LocaleValues(), address);
        if (server is null)
        {
            return Fail(options, $"--server is no command: {options.ServerCommandLine}");
        }

        BootstrapReader reader = new(RemoteIpSource.Local) { Address = address };
        return Talk(options, server, reader, out int code) ? BecomeClient(options, reader) : FailLocal(options, server[0], code, reader);
    }

    private static int RunSsh(WrapperOptions options, string userAtHost, int colorCount)
    {
        if (!TryTakeHost(options, userAtHost, out string host))
        {
            return ExitCode.Failure;
        }

        BootstrapReader reader = new(options.RemoteIp);
        string destination = userAtHost;
        if (options.RemoteIp == RemoteIpSource.Local)
        {
            if (!TryResolve(options, host, out string address, out string[] more))
            {
                return ExitCode.Failure;
            }

            reader.Address = address;
            reader.MoreAddresses = more;
            destination = userAtHost[..^host.Length] + address;
        }

        string server = ServerCommand.ForShell(options, colorCount, ServerCommand.LocaleValues());
        List<string>? ssh = SshInvocation.Build(options, destination, server, OwnProgram.Named("mosh", "mosh"));
        if (ssh is null)
        {
            return Fail(options, $"--ssh is no command: {options.SshCommandLine}");
        }

        if (!Talk(options, ssh, reader, out int code))
        {
            return FailSsh(options, host, code, reader);
        }

        return reader.Address is null ? FailNoAddress(options, host) : BecomeClient(options, reader);
    }

    /// <summary>The part behind user@. False: the user was told that there is none.</summary>
    public static bool TryTakeHost(WrapperOptions options, string userAtHost, out string host)
    {
        host = userAtHost[(userAtHost.LastIndexOf('@') + 1)..];
        bool isHost = host.Length > 0 && userAtHost[0] != '-';
        if (!isHost)
        {
            Fail(options, $"\"{userAtHost}\" is no host");
        }

        return isHost;
    }

    /// <summary>The host's addresses in the order of the family's preference. False: the user was told why there is none.</summary>
    private static bool TryResolve(WrapperOptions options, string host, out string address, out string[] more)
    {
        bool isFound = NameResolver.TryResolve(host, options.Family, out string[] addresses, out string error) && addresses.Length > 0;
        address = isFound ? addresses[0] : "";
        more = isFound ? addresses[1..] : [];
        if (!isFound)
        {
            Fail(options, $"no address for {host}: {error}");
        }

        return isFound;
    }

    /// <summary>Runs the command to its end, shows the user what is not meant for us. True: port and key are known.</summary>
    private static bool Talk(WrapperOptions options, List<string> command, BootstrapReader reader, out int exitCode)
    {
        exitCode = ExitCode.ServerNotFound;
        using ChildProcess? child = ChildProcess.TryStart(command, out string error);
        if (child is null)
        {
            StandardStreams.Error($"{options.ProgramName}: {command[0]} could not be started: {error}\n");
            return false;
        }

        BootstrapLine last = BootstrapLine.Show;
        int blankLines = 0; // A server sets its line apart by an empty one, which would scroll the user's screen for nothing.
        while (child.ReadLine() is { } line)
        {
            if (last is BootstrapLine.Connected or BootstrapLine.Refused)
            {
                continue; // The server's farewell is read to its end, so that ssh can close in order.
            }

            last = reader.Read(line);
            if (line.Length == 0 && blankLines < BlankLinesMax)
            {
                blankLines++;
            }
            else if (last == BootstrapLine.Show && options.UsesPipes)
            {
                StandardStreams.Error(line + "\n");
            }
            else if (last == BootstrapLine.Show)
            {
                StandardStreams.Out(new string('\n', blankLines) + line + "\n");
                blankLines = 0;
            }
        }

        exitCode = child.WaitForExit();
        return last == BootstrapLine.Connected;
    }

    private static int BecomeClient(WrapperOptions options, BootstrapReader reader)
    {
        // The addresses are ours; mosh's client does not look at them.
        string[] more = reader.MoreAddresses.Count > 0 ? [$"{ClientSettings.AddressesVariable}={string.Join(' ', reader.MoreAddresses)}"] : [];
        return BecomeClient(options, reader.Address ?? "", reader.Port, reader.KeyText, more);
    }

    /// <summary>Becomes the client, which takes the key and the additions out of its environment at once. The wrapper's words follow -#, for ps.</summary>
    public static int BecomeClient(WrapperOptions options, string address, int port, string keyText, IReadOnlyList<string> additions, params IReadOnlyList<int> keptDescriptors)
    {
        List<string> argv = options.ClientPath is null ? [.. OwnProgram.Named("mosh-client", "client")] : [options.ClientPath];
        argv.Add($"-# {string.Join(' ', options.Typed)} |");
        argv.AddRange([address, port.ToString(CultureInfo.InvariantCulture)]);
        List<string> environment = ["MOSH_KEY=" + keyText, .. additions];
        if (options.AgentPath is { } agent)
        {
            environment.Add($"{AgentChoice.PathVariable}={agent}");
        }

        if (options.Prediction is { } mode)
        {
            environment.Add("MOSH_PREDICTION_DISPLAY=" + OptionValues.PredictionName(mode));
        }

        if (options.PredictOverwrite)
        {
            environment.Add("MOSH_PREDICTION_OVERWRITE=yes");
        }

        if (!options.InitializeTerminal)
        {
            environment.Add("MOSH_NO_TERM_INIT=1");
        }

        if (!options.WantsHistory)
        {
            environment.Add(ClientSettings.NoHistoryVariable + "=1");
        }

        if (options.Forwards.Count > 0)
        {
            environment.Add($"{ClientSettings.ForwardsVariable}={ShellWords.QuoteAll(options.Forwards)}");
        }

        if (options.ForwardsAreStrict)
        {
            environment.Add(ClientSettings.ForwardStrictVariable + "=1");
        }

        if (options.UsesPipes)
        {
            environment.Add(ClientSettings.PipesVariable + "=1");
        }

        if (!options.MoshServerOnly)
        {
            environment.Add(ClientSettings.ExitStatusVariable + "=1");
        }

        string reason = ChildProcess.Replace(argv, environment, keptDescriptors);
        return Fail(options, $"the client {argv[0]} could not be started: {reason}");
    }

    private static bool TryColorCount(WrapperOptions options, out int count)
    {
        if (options.ClientPath is null)
        {
            count = ClientTerminal.ColorCount();
            return true;
        }

        count = 0;
        using ChildProcess? client = ChildProcess.TryStart([options.ClientPath, "-c"], out string error);
        if (client is null)
        {
            StandardStreams.Error($"{options.ProgramName}: the client {options.ClientPath} could not be started: {error}\n");
            return false;
        }

        string said = "";
        while (client.ReadLine() is { } line)
        {
            said = line;
        }

        if (client.WaitForExit() == 0 && int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            return true;
        }

        StandardStreams.Error($"{options.ProgramName}: {options.ClientPath} -c did not tell the number of colours: {said}\n");
        return false;
    }

    private static int FailSsh(WrapperOptions options, string host, int code, BootstrapReader reader)
    {
        if (reader.Error.Length > 0)
        {
            return Fail(options, $"{reader.Error}. The session was not started.");
        }

        if (code == ExitCode.ServerNotFound || (code != 0 && code != 255 && reader.SaidNotFound))
        {
            string program = options.ServerCommandLine ?? (options.MoshServerOnly ? "mosh-server" : "neither roam nor mosh-server");
            Fail(options, options.ServerCommandLine is null && !options.MoshServerOnly
                ? $"{program} was found on {host}."
                : $"{program} was not found on {host}.");
            StandardStreams.Error(
                "Install it there (copy the one file `roam` into ~/.local/bin, or install the package mosh: apt, dnf, brew or pkg install mosh),\n" +
                "or say where it is: --server=/path/to/mosh-server\n");
            return ExitCode.ServerNotFound;
        }

        if (code == 255)
        {
            return Fail(options, $"ssh to {host} failed (exit code 255). Its own message is above.", code);
        }

        return code == 0
            ? Fail(options, $"the server on {host} ended without a MOSH CONNECT line. Does `ssh {host}` run another program, or a start file that exits?")
            : Fail(options, $"the server's command on {host} failed (exit code {code.ToString(CultureInfo.InvariantCulture)}).", code);
    }

    private static int FailLocal(WrapperOptions options, string server, int code, BootstrapReader reader)
    {
        string reason = reader.Error.Length > 0 ? reader.Error : $"exit code {code.ToString(CultureInfo.InvariantCulture)}";
        return Fail(options, $"the server {server} did not start a session: {reason}", code == 0 ? ExitCode.Failure : code);
    }

    private static int FailNoAddress(WrapperOptions options, string host)
    {
        Fail(options, $"the server on {host} is ready, but no address was told.");
        StandardStreams.Error(options.RemoteIp == RemoteIpSource.Remote
            ? "The far side has no SSH_CONNECTION. Try without --experimental-remote-ip.\n"
            : "Does ssh ignore ProxyCommand (--ssh)? Try --experimental-remote-ip=remote.\n");
        return ExitCode.Failure;
    }

    public static int Fail(WrapperOptions options, string message, int code = ExitCode.Failure)
    {
        StandardStreams.Error($"{options.ProgramName}: {message}\n");
        return code;
    }
}
