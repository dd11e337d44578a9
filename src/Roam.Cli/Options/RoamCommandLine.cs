using System.CommandLine;
using System.CommandLine.Help;

namespace Roam.Cli;

/// <summary>The command line of `roam`, described once: parsing, help and completion come from here, and a test holds the manual page to it.</summary>
internal sealed class RoamCommandLine
{
    private readonly Argument<string?> _host = new("host")
    {
        HelpName = "[user@]host",
        Description = "Where to. As for ssh: names, addresses and the Host entries of ~/.ssh/config. Without it: a session on this machine.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => null,
    };

    private readonly Argument<string[]> _command = new("command")
    {
        Description = "What to run there, with its options; a login shell when left out.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _predict = Choice("--predict", "MODE", OptionValues.PredictionModes, "Local echo: adaptive (default), always, never, experimental, stock.");
    private readonly Option<bool> _always = new("-a") { Description = "--predict=always" };
    private readonly Option<bool> _never = new("-n") { Description = "--predict=never" };
    private readonly Option<bool> _overwrite = new("--predict-overwrite", "-o") { Description = "Local echo overwrites instead of inserting. With KEY=VALUE: an option for ssh." };
    private readonly Option<string?> _family = Choice("--family", "FAMILY", OptionValues.Families, "Addresses to try: prefer-inet (default), prefer-inet6, inet, inet6, auto, all.");
    private readonly Option<bool> _inet = new("-4") { Description = "--family=inet: IPv4 only" };
    private readonly Option<bool> _inet6 = new("-6") { Description = "--family=inet6: IPv6 only" };
    private readonly Option<string?> _port = Text("--port", "PORT[:PORT2]", "UDP port or range of the server (default 60001:60999; 0: any free port). ssh's own port: --ssh=\"ssh -p 2222\".", "-p");
    private readonly Option<string?> _bindServer = Choice("--bind-server", "ADDRESS", [WrapperOptions.BindServerSsh, WrapperOptions.BindServerAny], "Address the server listens on: any (default; with --server: ssh, the one ssh reached), ssh, or an IP.");
    private readonly Option<string?> _ssh = Text("--ssh", "COMMAND", "ssh command (default: ssh).");
    private readonly Option<string?> _jump = Text("-J", "HOSTS", "Hosts to jump over, as for ssh.");
    private readonly Option<bool> _agent = new("--agent", "-A") { Description = "Lend this machine's ssh-agent to the far side, as ssh -A does. Off unless ForwardAgent says so." };
    private readonly Option<string?> _install = Choice("--install", "WHEN", OptionValues.InstallModes, "Put roam on the far side: auto (default, when none is there), always (this very version), never.");
    private readonly Option<string?> _transport = Choice("--transport", "WAY", OptionValues.Transports, "What carries the session: auto (default: UDP, and ssh while UDP does not get through), udp, ssh.");
    private readonly Option<string?> _sharedPort = Text("--shared-port", "PORT", "One UDP port for all your sessions on the far side (needs roam there).");
    private readonly Option<string[]> _localForward = Many("-L", "FORWARD", "Forward as ssh: [bind:]port:host:hostport; a path for a socket at either end. May be repeated.");
    private readonly Option<string[]> _remoteForward = Many("-R", "FORWARD", "The other way: the far side listens. Port 0: one that is free.");
    private readonly Option<string[]> _dynamicForward = Many("-D", "[BIND:]PORT", "SOCKS proxy here, connections made by the far side.");
    private readonly Option<bool> _strictForwards = new("--exit-on-forward-failure") { Description = "No session when a forward cannot be had (ssh's ExitOnForwardFailure)." };
    private readonly Option<bool> _noSshPty = new("--no-ssh-pty") { Description = "No terminal for ssh's part." };
    private readonly Option<string?> _server = Text("--server", "COMMAND", "Server command on the far side (default: roam server, else mosh-server).");
    private readonly Option<string?> _client = Text("--client", "PATH", "Client program on this machine (default: this program).");
    private readonly Option<bool> _noInit = new("--no-init") { Description = "Keep the terminal's main screen (no alternate screen)." };
    private readonly Option<bool> _noHistory = new("--no-history") { Description = "Leave the terminal's scrollback alone: the session on the alternate screen, as mosh does." };
    private readonly Option<string?> _historyLines = Text("--history-lines", "N", "Lines that the far side keeps for scrollback (default 10000; 0: none).");
    private readonly Option<bool> _local = new("--local") { Description = "Server on this machine, without ssh; host is the address to use." };
    private readonly Option<string?> _remoteIp = Choice("--experimental-remote-ip", "WAY", OptionValues.RemoteIpSources, "The far side's address by mosh's ways: proxy, local, remote (default: all that ssh and the host tell).");
    private readonly Option<bool> _version = new("--version") { Description = "Version, protocol and licence." };
    private readonly Option<bool> _fakeProxy = new("--fake-proxy") { Hidden = true };

    private readonly SshOptions _sshOptions = new();

    private readonly Option<string?> _session = Text("--session", "NAME", "Which session: the number in ROAM_SESSION. Default: the one this is run in, else the only one.");
    private readonly Option<bool> _plain = new("--plain") { Description = "Text alone (default into a pipe or file)." };
    private readonly Option<bool> _ansi = new("--ansi") { Description = "With colours and links (default on a terminal); less -R shows them." };

    private readonly Argument<string> _carried = new("session") { Description = "The session's name: the number in ROAM_SESSION." };

    public RoamCommandLine()
    {
        Root = new RootCommand("A remote terminal that survives roaming, sleep and bad networks. Works with mosh at either end.")
        {
            _host, _command, _predict, _always, _never, _overwrite, _family, _inet, _inet6, _port, _bindServer, _ssh, _jump, _agent, _install, _transport, _sharedPort, _localForward, _remoteForward, _dynamicForward, _strictForwards, _noSshPty, _server, _client, _noInit, _noHistory, _historyLines, _local,
            _remoteIp, _version, _fakeProxy, Server, Client, Ssh, History, Carry, Relay, Doctor, Forward, CopyCommandLine.Describe(),
        };
        foreach (Option option in _sshOptions.All)
        {
            Root.Add(option);
        }

        Carry.Add(_carried);
        History.Add(_session);
        History.Add(_plain);
        History.Add(_ansi);
        // The library's own --version prints a bare number and insists on standing alone; its --help answers to /h, which is a path here.
        Remove<VersionOption>();
        Remove<HelpOption>();
        Root.Options.Add(new HelpOption("--help", "-h") { Description = "This text." });
        Root.SetAction(static _ => ExitCode.Success);
        Validate(_predict, text => OptionValues.TryParsePrediction(text, out _, out string error) ? "" : error);
        Validate(_family, text => OptionValues.TryParseFamily(text, out _, out string error) ? "" : error);
        Validate(_port, text => OptionValues.TryParsePort(text, out _, out string error) ? "" : error);
        Validate(_historyLines, text => OptionValues.TryParseHistoryLines(text, out _, out string error) ? "" : error);
        Validate(_bindServer, text => OptionValues.TryParseBindServer(text, out string error) ? "" : error);
        Validate(_remoteIp, text => OptionValues.TryParseRemoteIp(text, out _, out string error) ? "" : error);
        Validate(_install, text => OptionValues.TryParseInstall(text, out _, out string error) ? "" : error);
        Validate(_transport, text => OptionValues.TryParseTransport(text, out _, out string error) ? "" : error);
        Validate(_sharedPort, text => OptionValues.TryParseSharedPort(text, out _, out string error) ? "" : error);
        ValidateForwards(_localForward);
        ValidateForwards(_remoteForward);
        ValidateForwards(_dynamicForward);
        _host.CompletionSources.Add(_ => KnownHosts.Names());
    }

    public RootCommand Root { get; }

    /// <summary>Described for help and completion; Dispatch hands the words to MoshServerCommand, which reads them as mosh-server does.</summary>
    public Command Server { get; } = new("server", "Starts a session here and prints its port and key (what runs on the far side).")
    {
        new Argument<string>("new") { Description = "The word `new`." },
        new Option<bool>("-s") { Description = "Listen on the address that ssh's client connected to (SSH_CONNECTION)." },
        new Option<bool>("-v") { Description = "Stay talkative on standard error; check every screen update." },
        Text("-i", "IP", "Listen on this address."),
        Text("-p", "PORT[:PORT2]", "UDP port or range (default 60001:60999; 0: any free port)."),
        Text("--port", "N", "One UDP port for all sessions of this user (Roam's clients only; default: ROAM_SERVER_PORT)."),
        Text("-c", "COLORS", "Colours of the client's terminal: 256 gives TERM=xterm-256color."),
        Text("-l", "NAME=VALUE", "Locale variable of the client, used when this machine has no UTF-8 locale set. May be repeated."),
        new Option<bool>("--allow-screen-reports") { Description = "Programs may ask what is on the screen (DECRQCRA)." },
        new Option<bool>("--allow-clipboard-query") { Description = "Programs may ask for what they put on the clipboard (OSC 52)." },
        Text("--history-lines", "N", "Lines kept for the client's scrollback (default 10000; 0: none)."),
        new Option<bool>("--agent") { Description = "Programs get a socket to the client's ssh-agent." },
        Text("--forbid", "WHAT", "Do not serve these: connect, listen, agent, udp, files, commands, with commas between."),
        Text("--policy", "FILE", "Rules beside those of /etc/roam/policy.conf; they can only take away."),
        new Option<bool>("--pipes") { Description = "The command runs without a terminal, by the login shell, on three streams (Roam's clients only)." },
        new Option<bool>("--subsystem") { Description = "With --pipes: the command is the name of a subsystem (sftp)." },
        new Argument<string[]>("command") { Description = "After --: what to run instead of a login shell.", Arity = ArgumentArity.ZeroOrMore, CaptureRemainingTokens = true },
    };

    /// <summary>Described for help and completion; Dispatch hands the words to MoshClientCommand.</summary>
    public Command Client { get; } = new("client", "Joins a session: MOSH_KEY=KEY roam client IP PORT.")
    {
        new Argument<string>("ip") { Description = "The server's address." },
        new Argument<string>("port") { Description = "The server's UDP port." },
        new Option<bool>("-c") { Description = "Print the terminal's number of colours and exit." },
        new Option<bool>("-v") { Description = "Tell about the connection at the end." },
        Text("-#", "ARGS", "Shown by ps, not looked at."),
    };

    /// <summary>Described for help and completion; Dispatch hands the words to SshCommand.</summary>
    public Command Ssh { get; } = new("ssh", "For programs that start ssh: all words mean what they mean to ssh (-p is its port). See ssh(1).")
    {
        new Argument<string>("host") { HelpName = "[user@]host", Description = "Where to." },
        new Argument<string[]>("command") { Description = "What to run there, without a terminal unless -t is given.", Arity = ArgumentArity.ZeroOrMore, CaptureRemainingTokens = true },
    };

    /// <summary>Described for help and completion; Dispatch hands the words to RelayCommand.</summary>
    public Command Relay { get; } = new("relay", "Hands a session's datagrams on from a machine between client and server (what runs on a bastion). It holds no key.")
    {
        Text("--to", "HOST:PORT", "The server, as seen from here, or with --find from the last bastion; an IPv6 address in brackets."),
        Text("-p", "PORT[:PORT2]", "UDP port or range to listen on (default 60001:60999; 0: any free port)."),
        Text("--idle", "TIME", "End when nothing was heard for so long: 90s, 30m, 12h (default 7d)."),
        Text("--ids", "N", "So many ids of later relays stand behind this one's own (default 0)."),
        new Option<bool>("--find") { Description = "Start relays on the bastions that ssh goes through, and print the places they make." },
        Text("--id", "HEX", "With --find: the id that the server itself asks for (a shared port)."),
        Choice("--install", "WHEN", OptionValues.InstallModes, "With --find: put roam on a bastion that has none: auto (default), always, never."),
        new Argument<string[]>("ssh") { Description = "After --, with --find: the ssh command and the host.", Arity = ArgumentArity.ZeroOrMore, CaptureRemainingTokens = true },
    };

    public Command History { get; } = new("history", "Prints the lines that a session on this machine keeps: what has left the top of its screen.");

    /// <summary>What a client starts by ssh. Not for people, so not on the first screen of help.</summary>
    public Command Carry { get; } = new("carry", "Carries a client's datagrams between standard input and output and a session on this machine.") { Hidden = true };

    public string CarriedSession(ParseResult result) => result.GetValue(_carried) ?? "";

    public bool IsForCarry(ParseResult result) => result.Errors.Count == 0 && result.Action is null && ReferenceEquals(result.CommandResult.Command, Carry);

    public DoctorCommandLine Doctor { get; } = new();

    public ForwardCommandLine Forward { get; } = new();

    public string? HistorySession(ParseResult result) => result.GetValue(_session);

    /// <summary>Null: neither or both were asked for; the output decides.</summary>
    public bool? HistoryIsAnsi(ParseResult result) => result.GetValue(_plain) == result.GetValue(_ansi) ? null : result.GetValue(_ansi);

    /// <summary>False: a word that looks like an option is none of ours. The result may still have errors, or ask for help or completion.</summary>
    public bool TryParse(string[] typed, out ParseResult result, out string error)
    {
        List<string> words = [.. typed];
        bool good = TryFindCommand(words, out int commandAt, out error);
        if (commandAt < words.Count)
        {
            words.Insert(commandAt, "--");
        }

        result = Root.Parse(words);
        return good;
    }

    /// <summary>Whether the words ask for a session (or the version): no errors, no help, no completion.</summary>
    public bool IsForSession(ParseResult result) => result.Errors.Count == 0 && ReferenceEquals(result.Action, Root.Action);

    public bool IsForHistory(ParseResult result) => result.Errors.Count == 0 && result.Action is null && ReferenceEquals(result.CommandResult.Command, History);

    public WrapperOptions Read(ParseResult result, string[] typed)
    {
        WrapperOptions options = new() { Typed = typed, ProgramName = "roam", Host = result.GetValue(_host), Command = result.GetValue(_command) ?? [] };
        ReadPrediction(result, options);
        ReadFamily(result, options);
        if (result.GetValue(_port) is { } port && OptionValues.TryParsePort(port, out PortRange range, out _))
        {
            options.Port = range;
        }

        ReadSsh(result, options);
        ReadForwards(result, options);
        if (result.GetValue(_remoteIp) is { } way && OptionValues.TryParseRemoteIp(way, out RemoteIpSource source, out _))
        {
            options.RemoteIp = source;
        }

        options.BindServer = result.GetValue(_bindServer) ?? options.BindServer;
        options.BindServerIsGiven = result.GetValue(_bindServer) is not null;
        options.InitializeTerminal = !result.GetValue(_noInit);
        options.WantsHistory = !result.GetValue(_noHistory);
        if (result.GetValue(_historyLines) is { } lines && OptionValues.TryParseHistoryLines(lines, out int count, out _))
        {
            options.HistoryLines = count;
        }

        options.Local = result.GetValue(_local);
        options.ShowVersion = result.GetValue(_version);
        _sshOptions.Read(result, options);
        options.FakeProxy = result.GetValue(_fakeProxy);
        return options;
    }

    /// <summary>
    /// As with ssh, options may stand before and after the host, and end at the first word of the command, which keeps its own options. The library knows only
    /// "--" as an end and takes an unknown option for an argument; so the end is found here. commandAt is beyond them when there is nothing to mark. ssh's -o becomes an option of ours.
    /// </summary>
    private bool TryFindCommand(List<string> words, out int commandAt, out string error)
    {
        error = "";
        commandAt = int.MaxValue;
        if (words is [['[', ..], ..] || (words.Count > 0 && Root.Subcommands.Any(c => c.Name == words[0])))
        {
            return true;
        }

        bool hostSeen = false;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word == "--")
            {
                error = !hostSeen && i + 1 < words.Count && words[i + 1] is ['-', ..] ? $"\"{words[i + 1]}\" is no host" : "";
                return error.Length == 0;
            }

            if (SshOptions.ReplaceKey(words, i) is > 0 and int count)
            {
                i += count - 1;
                continue;
            }

            if (word is not ['-', _, ..])
            {
                if (hostSeen)
                {
                    commandAt = i;
                    return true;
                }

                hostSeen = true;
            }
            else if (OptionOf(word, out bool takesNextWord) is null)
            {
                string name = word.Split('=')[0];
                error = $"unknown option {name}{Suggestion.For(name, Names())}";
                return false;
            }
            else if (takesNextWord)
            {
                i++;
            }
        }

        return true;
    }

    /// <summary>The option of --name, --name=value, -x, -xvalue; of letters in a row the last one, which may take a value.</summary>
    private Option? OptionOf(string word, out bool takesNextWord)
    {
        takesNextWord = false;
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            Option? named = Named(word.Split('=')[0]);
            takesNextWord = named?.ValueType == typeof(string) && !word.Contains('=', StringComparison.Ordinal);
            return named;
        }

        Option? option = null;
        for (int i = 1; i < word.Length; i++)
        {
            option = Named("-" + word[i]);
            if (option is null || option.ValueType == typeof(string) || option.ValueType == typeof(string[]))
            {
                takesNextWord = option is not null && i == word.Length - 1;
                break;
            }
        }

        return option;
    }

    private Option? Named(string name) => Root.Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));

    private IEnumerable<string> Names() => Root.Options.Where(o => !o.Hidden).SelectMany(o => o.Aliases.Append(o.Name));

    private void ReadPrediction(ParseResult result, WrapperOptions options)
    {
        if (result.GetValue(_predict) is { } text && OptionValues.TryParsePrediction(text, out Terminal.PredictionMode mode, out _))
        {
            options.Prediction = mode;
        }

        if (result.GetValue(_always) || result.GetValue(_never))
        {
            options.Prediction = result.GetValue(_always) ? Terminal.PredictionMode.Always : Terminal.PredictionMode.Never;
        }

        options.PredictOverwrite = result.GetValue(_overwrite);
    }

    /// <summary>A server's or a client's command of the user's own, or a way to learn the address, means mosh's way: that is what those options belong to.</summary>
    private void ReadSsh(ParseResult result, WrapperOptions options)
    {
        options.SshCommandLine = result.GetValue(_ssh) ?? options.SshCommandLine;
        options.SshPty = !result.GetValue(_noSshPty);
        options.ServerCommandLine = result.GetValue(_server);
        options.ClientPath = result.GetValue(_client);
        options.JumpHosts = result.GetValue(_jump);
        options.WantsAgent = result.GetValue(_agent);
        if (result.GetValue(_install) is { } when && OptionValues.TryParseInstall(when, out InstallMode mode, out _))
        {
            options.Install = mode;
        }

        if (result.GetValue(_transport) is { } carrier && OptionValues.TryParseTransport(carrier, out TransportChoice transport, out _))
        {
            options.Transport = transport;
        }

        if (result.GetValue(_sharedPort) is { } shared && OptionValues.TryParseSharedPort(shared, out int port, out _))
        {
            options.SharedPort = port;
        }

        if (options is { ServerCommandLine: null, ClientPath: null } && !result.GetValue(_local))
        {
            options.RemoteIp = RemoteIpSource.Auto;
        }
        else if (options.JumpHosts is not null)
        {
            // ssh's own jump leaves no connection for us to make.
            options.RemoteIp = RemoteIpSource.Remote;
        }
    }

    /// <summary>Each kind in its own order; between the kinds it does not matter.</summary>
    private void ReadForwards(ParseResult result, WrapperOptions options)
    {
        Option<string[]>[] kinds = [_localForward, _remoteForward, _dynamicForward];
        foreach (Option<string[]> kind in kinds)
        {
            foreach (string text in result.GetValue(kind) ?? [])
            {
                options.Forwards.AddRange([kind.Name[1..], text]);
            }
        }

        options.ForwardsAreStrict = result.GetValue(_strictForwards);
    }

    private void ReadFamily(ParseResult result, WrapperOptions options)
    {
        if (result.GetValue(_family) is { } text && OptionValues.TryParseFamily(text, out Host.FamilyPreference family, out _))
        {
            options.Family = family;
        }

        if (result.GetValue(_inet) || result.GetValue(_inet6))
        {
            options.Family = result.GetValue(_inet) ? Host.FamilyPreference.InetOnly : Host.FamilyPreference.Inet6Only;
        }
    }

    private void Remove<T>()
        where T : Option
    {
        if (Root.Options.FirstOrDefault(o => o is T) is { } option)
        {
            Root.Options.Remove(option);
        }
    }

    private static Option<string?> Text(string name, string valueName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = valueName, Description = description };

    private static Option<string[]> Many(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description, Arity = ArgumentArity.OneOrMore };

    private static void ValidateForwards(Option<string[]> option) => option.Validators.Add(result =>
    {
        foreach (System.CommandLine.Parsing.Token token in result.Tokens)
        {
            if (!OptionValues.TryParseForward(option.Name[1..], token.Value, out _, out string error))
            {
                result.AddError(error);
            }
        }
    });

    private static Option<string?> Choice(string name, string valueName, string[] words, string description)
    {
        Option<string?> option = Text(name, valueName, description);
        option.CompletionSources.Add(words);
        return option;
    }

    private static void Validate(Option<string?> option, Func<string, string> complaint) => option.Validators.Add(result =>
    {
        string error = result.Tokens.Count == 1 ? complaint(result.Tokens[0].Value) : "";
        if (error.Length > 0)
        {
            result.AddError(error);
        }
    });
}
