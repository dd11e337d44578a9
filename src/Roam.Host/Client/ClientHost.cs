using Roam.Transport;

namespace Roam.Host;

/// <summary>The client's side of a session: terminal set up and put back, messages, exit code.</summary>
public static class ClientHost
{
    private const string Name = "mosh-client: ";
    private const int Failure = 1;

    /// <summary>ssh's code for what is not the command's own, forwardings that had to be among it.</summary>
    private const int SshFailure = 255;

    /// <summary>Runs the session until it ends, restores the terminal, prints the closing messages. Returns the exit code.</summary>
    public static int Run(ClientHostOptions options)
    {
        CoreDumps.Disable();
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        if (!SessionKey.TryParse(options.KeyText, out SessionKey key))
        {
            return Fail(options, "the key is not 22 characters of base64");
        }

        if (!TryGetAddresses(options, out List<PeerAddress> addresses, out string error))
        {
            return Fail(options, options.Address + ": " + error);
        }

        using ClientSockets? sockets = ClientSockets.TryOpen(addresses[0], out error);
        if (sockets == null)
        {
            return Fail(options, "no UDP socket: " + error);
        }

        foreach (Place place in options.Places)
        {
            sockets.Add(place);
        }

        if (options.UsesPipes)
        {
            return RunPipes(options, key, addresses, sockets);
        }

        using Tty? tty = Tty.TryOpen(out error);
        return tty == null ? Fail(options, error) : RunTerminal(options, key, addresses, sockets, tty);
    }

    private static int Fail(ClientHostOptions options, string reason)
    {
        StandardStreams.Error((options.UsesPipes ? "roam: " : Name) + reason + "\n");
        return options.UsesPipes ? SshFailure : Failure;
    }

    private static int RunPipes(ClientHostOptions options, SessionKey key, List<PeerAddress> servers, ClientSockets sockets)
    {
        PipesFront front = new();
        using SignalFd signals = SignalFd.Open(front.Signals);
        using ZlibCompressor compressor = new();
        string server = string.Join(", ", servers.Select(address => SocketAddress.TextOf(address)));
        using ClientLoop loop = new(options, key, servers, sockets, front, signals, compressor);
        if (!loop.Forwards.Begin(SystemClock.Now))
        {
            StandardStreams.Error(loop.Forwards.Farewell);
            return SshFailure;
        }

        ClientOutcome outcome = loop.Run();
        if (front.End.IsKnown)
        {
            return front.End.ExitCode;
        }

        string networkError = loop.NetworkError is { } said ? $"The network says: {said}.\n" : "";
        if (loop.Forwards.Farewell is { Length: > 0 } farewell)
        {
            StandardStreams.Error(farewell);
            return SshFailure;
        }

        return Fail(options, front.Failure ?? outcome switch
        {
            ClientOutcome.NeverConnected => "nothing came " + (WaysTried(options, server, loop) + networkError).TrimEnd('\n'),
            ClientOutcome.WrongVersion => "the server speaks another version of the protocol.",
            ClientOutcome.KeyExhausted => "the session's key has reached its limit of use.",
            _ when front.EndsAsked > 0 => "interrupted.",
            _ => "the session ended before the command did.",
        });
    }

    private static bool TryGetAddresses(ClientHostOptions options, out List<PeerAddress> addresses, out string error)
    {
        error = "";
        addresses = [];
        foreach (Place place in options.Places)
        {
            if (!addresses.Contains(place.Address))
            {
                addresses.Add(place.Address);
            }
        }

        if (addresses.Count > 0)
        {
            return true;
        }

        if (!AddressLookup.TryResolve(options.Address, options.Port, Libc.AF_UNSPEC, numericOnly: false, out addresses, out error))
        {
            return false;
        }

        AddMore(addresses, options);
        return true;
    }

    /// <summary>What is no address is left out: it was meant as a help, not as the way.</summary>
    private static void AddMore(List<PeerAddress> addresses, ClientHostOptions options)
    {
        foreach (string text in options.MoreAddresses)
        {
            if (AddressLookup.TryResolve(text, options.Port, Libc.AF_UNSPEC, numericOnly: true, out List<PeerAddress> more, out _) && !addresses.Contains(more[0]))
            {
                addresses.Add(more[0]);
            }
        }
    }

    private static int RunTerminal(ClientHostOptions options, SessionKey key, List<PeerAddress> servers, ClientSockets sockets, Tty tty)
    {
        TerminalFront front = new(options, tty);
        using SignalFd signals = SignalFd.Open(front.Signals);
        using ZlibCompressor compressor = new();
        string server = string.Join(", ", servers.Select(address => SocketAddress.TextOf(address)));
        ClientOutcome outcome;
        string? networkError;
        TransportCounters counters;
        string ways;
        string forwardFailure;
        int status;
        using (ClientLoop loop = new(options, key, servers, sockets, front, signals, compressor))
        {
            // The last resort when a bug ends the process (no finally block runs then): without it the user's shell would be left raw.
            AppDomain.CurrentDomain.UnhandledException += (_, _) => front.Close();
            if (!loop.Forwards.Begin(SystemClock.Now))
            {
                StandardStreams.Error(loop.Forwards.Farewell);
                return SshFailure;
            }

            outcome = loop.Run();
            forwardFailure = loop.Forwards.Farewell;
            networkError = loop.NetworkError;
            counters = loop.Counters;
            status = options.TellsExitStatus ? loop.ProgramEnd.ExitCode : 0;
            ways = WaysTried(options, server, loop);
        }

        Report(ways, server, outcome, networkError);
        StandardStreams.Error(forwardFailure);
        if (options.Verbosity > 0)
        {
            StandardStreams.Error(
                $"{Name}{counters.DatagramsSent} datagrams sent ({counters.BytesSent} bytes), {counters.DatagramsReceived} received, "
                + $"{counters.NotAuthentic + counters.TooShort + counters.WrongDirection} not from the server\n");
        }

        return forwardFailure.Length > 0 ? SshFailure : outcome == ClientOutcome.Clean ? status : Failure;
    }

    /// <summary>What nothing came from, and what to do about it.</summary>
    private static string WaysTried(ClientHostOptions options, string server, ClientLoop loop)
    {
        string udp = $"from {server} on UDP port {options.Port}";
        string failure = loop.CarrierFailure is { } reason ? "By ssh: " + reason + "\n" : "";
        const string Hint = "A firewall probably drops UDP there. Mosh uses a port from 60001 to 60999, or the one given with -p.\n";
        return loop.CarrierUse switch
        {
            CarrierUse.Only => $"through ssh.\n{failure}",
            CarrierUse.Fallback => $"{udp}, and nothing through ssh.\n{failure}{Hint}",
            _ => $"{udp}.\n{Hint}",
        };
    }

    private static void Report(string ways, string server, ClientOutcome outcome, string? networkError)
    {
        string text = outcome switch
        {
            ClientOutcome.NeverConnected =>
                "\nmosh did not connect: nothing came " + ways + (networkError == null ? "" : "The network says: " + networkError + ".\n"),
            ClientOutcome.Unclean =>
                "\nmosh ended before the server confirmed it. The server on " + server + " may still be running.\n",
            ClientOutcome.WrongVersion => "\nThe server speaks another version of the protocol.\n",
            ClientOutcome.KeyExhausted => "\nThe session's key has reached its limit of use: please connect anew.\n",
            _ => "",
        };
        if (text.Length > 0)
        {
            StandardStreams.Error(text);
        }

        StandardStreams.Out("[mosh is exiting.]\n");
    }
}
