using Roam.Transport;

namespace Roam.Host;

/// <summary>The client's side of a session: terminal set up and put back, messages, exit code.</summary>
public static class ClientHost
{
    private const string Name = "mosh-client: ";
    private const int Failure = 1;

    /// <summary>As ssh.</summary>
    private const int ForwardFailure = 255;

    /// <summary>Runs the session until it ends, restores the terminal, prints the closing messages. Returns the exit code.</summary>
    public static int Run(ClientHostOptions options)
    {
        CoreDumps.Disable();
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        if (!SessionKey.TryParse(options.KeyText, out SessionKey key))
        {
            StandardStreams.Error(Name + "the key is not 22 characters of base64\n");
            return Failure;
        }

        if (!TryGetAddresses(options, out List<PeerAddress> addresses, out string error))
        {
            StandardStreams.Error(Name + options.Address + ": " + error + "\n");
            return Failure;
        }

        using ClientSockets? sockets = ClientSockets.TryOpen(addresses[0], out error);
        if (sockets == null)
        {
            StandardStreams.Error(Name + "no UDP socket: " + error + "\n");
            return Failure;
        }

        foreach (Place place in options.Places)
        {
            sockets.Add(place);
        }

        using Tty? tty = Tty.TryOpen(out error);
        if (tty == null)
        {
            StandardStreams.Error(Name + error + "\n");
            return Failure;
        }

        return RunSession(options, key, addresses, sockets, tty);
    }

    private static bool TryGetAddresses(ClientHostOptions options, out List<PeerAddress> addresses, out string error)
    {
        error = "";
        addresses = [.. options.Places.Select(place => place.Address).Distinct()];
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

    private static int RunSession(ClientHostOptions options, SessionKey key, List<PeerAddress> servers, ClientSockets sockets, Tty tty)
    {
        using SignalFd signals = SignalFd.Open(ClientLoop.Signals);
        using ZlibCompressor compressor = new();
        string server = string.Join(", ", servers.Select(address => SocketAddress.TextOf(address)));
        ClientOutcome outcome;
        string? networkError;
        TransportCounters counters;
        string ways;
        string forwardFailure;
        using (ClientLoop loop = new(options, key, servers, sockets, tty, signals, compressor))
        {
            // The last resort when a bug ends the process (no finally block runs then): without it the user's shell would be left raw.
            ClientLoop crashing = loop;
            AppDomain.CurrentDomain.UnhandledException += (_, _) => crashing.CloseTerminal();
            if (!loop.Forwards.Begin(SystemClock.Now))
            {
                StandardStreams.Error(loop.Forwards.Farewell);
                return ForwardFailure;
            }

            outcome = loop.Run();
            forwardFailure = loop.Forwards.Farewell;
            networkError = loop.NetworkError;
            counters = loop.Counters;
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

        return forwardFailure.Length > 0 ? ForwardFailure : outcome == ClientOutcome.Clean ? 0 : Failure;
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
