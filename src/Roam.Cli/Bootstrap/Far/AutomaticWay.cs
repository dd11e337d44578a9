using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>`roam host`: one ssh login, with whatever the user's ssh does, that ends in a client which knows every way to the server (docs/getting-in.md).</summary>
internal static class AutomaticWay
{
    public const string TransportVariable = "ROAM_TRANSPORT";
    public const string CarrierVariable = "ROAM_CARRIER";
    public const string CarryVariable = "ROAM_CARRY";
    public const string FinderVariable = "ROAM_FINDER";

    /// <summary>For a carrier that is made again: nobody is there to answer a question, and a dead network must not hold it for minutes.</summary>
    private static readonly string[] UnattendedOptions = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10"];

    public static int Run(WrapperOptions options, string userAtHost, int colorCount)
    {
        if (!Wrapper.TryTakeHost(options, userAtHost, out string host))
        {
            return ExitCode.Failure;
        }

        if (SshInvocation.OwnWords(options) is not { } ssh)
        {
            return Wrapper.Fail(options, $"--ssh is no command: {options.SshCommandLine}");
        }

        SshConfig config = SshConfig.Ask(ssh, userAtHost);
        options.AgentPath = AgentChoice.PathOf(options.WantsAgent, config.ForwardAgent);
        AddForwards(options, config);
        ServerBuilds builds = ServerBuilds.Here();
        List<string> localeValues = ServerCommand.LocaleValues();
        FarRequest request = new()
        {
            Ssh = [.. ssh, .. config.Corrections(), "-T", userAtHost],
            Host = host,
            Verb = ServerCommand.ForFar(options, colorCount, localeValues),
            EndWord = "CARRY",
            Install = options.Install,
            MoshWords = options.Transport == TransportChoice.Ssh || options.UsesPipes ? [] : ServerCommand.ForMosh(options, colorCount, localeValues),
            ProgramName = options.ProgramName,

            // Standard output is the command's alone.
            IsQuiet = options.IsQuiet || options.UsesPipes,
        };
        FarLogin? login = FarLogin.TryStart(request, builds, out string error);
        if (login is null)
        {
            return Wrapper.Fail(options, error);
        }

        // While ssh makes its connection: the name's addresses are asked for beside it.
        string[] resolved = [];
        if (config.IsDirect)
        {
            _ = NameResolver.TryResolve(config.HostName ?? host, options.Family, out resolved, out _);
        }

        if (!login.Talk())
        {
            return Wrapper.Fail(options, login.Error, login.ExitCode);
        }

        return Become(options, login, ssh, config, userAtHost, resolved);
    }

    /// <summary>Those of the command line come first.</summary>
    private static void AddForwards(WrapperOptions options, SshConfig config)
    {
        options.ForwardsAreStrict |= config.ExitOnForwardFailure;
        List<string> words = config.Forwardings();
        for (int i = 0; i < words.Count; i += 2)
        {
            if (OptionValues.TryParseForward(words[i], words[i + 1], out _, out string error))
            {
                options.Forwards.AddRange([words[i], words[i + 1]]);
            }
            else
            {
                StandardStreams.Error($"{options.ProgramName}: ssh's configuration: {error}\n");
            }
        }
    }

    private static int Become(WrapperOptions options, FarLogin login, List<string> ssh, SshConfig config, string userAtHost, string[] resolved)
    {
        FarReader reader = login.Reader;
        string? peer = login.IsOpen ? TcpConnections.PeerOf(login.Process.Pid) : null;
        List<string> places = Places.Choose(options.Family, [peer], resolved, [reader.SshAddress], reader.Addresses);
        bool canCarry = reader.Session.Length > 0 && options.Transport != TransportChoice.Udp;
        if (places.Count == 0 && !canCarry)
        {
            return FailNoAddress(options, login);
        }

        // Without an address the session lives on ssh alone. The client wants one in its words all the same.
        string address = places.Count > 0 ? places[0] : "127.0.0.1";
        List<string> environment = [$"{TransportVariable}={OptionValues.TransportName(options.Transport)}"];
        if (places.Count > 0)
        {
            environment.Add($"{ClientSettings.PlacesVariable}={Places.Text(places, reader.Port, reader.Via)}");
        }

        List<int> kept = [];
        if (canCarry)
        {
            List<string> carry = [.. ssh, .. config.Corrections(), .. UnattendedOptions, "-T", userAtHost, "--", FarScript.Command(InstallMode.Find, ServerBuilds.None, "carry", reader.Session)];
            environment.Add($"{CarryVariable}={ShellWords.QuoteAll(carry)}");
        }

        if (canCarry && login.IsOpen)
        {
            PipedProcess process = login.Process;
            environment.Add(string.Create(CultureInfo.InvariantCulture, $"{CarrierVariable}={process.OutputFd},{process.InputFd},{process.ErrorFd},{process.Pid}"));
            kept = [process.OutputFd, process.InputFd, process.ErrorFd];
        }
        else
        {
            login.Close();
        }

        if (Finder(options, ssh, config, userAtHost, reader) is { } finder)
        {
            environment.Add($"{FinderVariable}={ShellWords.QuoteAll(finder)}");
        }

        return Wrapper.BecomeClient(options, address, reader.Port, reader.KeyText, environment, kept);
    }

    /// <summary>
    /// Behind a jump host the server may be out of reach for UDP: this finds a way over relays on the jump hosts, to the address that the last one reached it at: a static build there
    /// looks up no names. Null: there is no jump host.
    /// </summary>
    private static List<string>? Finder(WrapperOptions options, List<string> ssh, SshConfig config, string userAtHost, FarReader reader)
    {
        if (config.ProxyJump is null || options.Transport == TransportChoice.Ssh || (reader.SshAddress ?? config.HostName) is not { } target)
        {
            return null;
        }

        string to = target.Contains(':', StringComparison.Ordinal) ? $"[{target}]" : target;
        List<string> words = [OwnProgram.Path, "relay", "--find", "--to", FormattableString.Invariant($"{to}:{reader.Port}")];
        if (reader.Via.Length > 0)
        {
            words.AddRange(["--id", reader.Via]);
        }

        if (options.Install == InstallMode.Never)
        {
            words.Add("--install=never");
        }

        return [.. words, "--", .. ssh, userAtHost];
    }

    private static int FailNoAddress(WrapperOptions options, FarLogin login)
    {
        login.Close();
        return Wrapper.Fail(
            options,
            $"the server on {options.Host} is ready, but no address of it is known for --family={OptionValues.FamilyName(options.Family)}. "
            + (options.Transport == TransportChoice.Udp ? "Leave out --transport=udp: ssh can carry the session." : "Try another --family."));
    }
}
