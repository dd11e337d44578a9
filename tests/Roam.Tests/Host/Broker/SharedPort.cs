using System.Globalization;
using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>A port of this machine that sessions share, with a broker of the native program. It is free again when the test is over.</summary>
internal sealed class SharedPort : IDisposable
{
    public SharedPort()
    {
        using ServerEndpoint probe = ServerEndpoint.TryBind(null, 0, 0, out string error)!;
        Assert.Equal("", error);
        Port = probe.Port;
    }

    public int Port { get; }

    public PeerAddress Place => Addresses.Of("127.0.0.1", Port);

    /// <summary>The broker's process: its command line says what and where it is.</summary>
    public int? BrokerPid
    {
        get
        {
            string words = BrokerHost.ChildVerb + "\0" + Port.ToString(CultureInfo.InvariantCulture) + "\0";
            foreach (string folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder), out int pid)
                    && Libc.ReadFile(folder + "/cmdline", 4096) is { } line
                    && Encoding.UTF8.GetString(line).EndsWith(words, StringComparison.Ordinal))
                {
                    return pid;
                }
            }

            return null;
        }
    }

    public ServerEndpoint Share()
    {
        ServerEndpoint? endpoint = ServerEndpoint.TryShare(NativeBinary.Path, Port, out string error);
        Assert.True(endpoint is not null, error);
        return endpoint;
    }

    /// <summary>A server of the native program behind the port.</summary>
    public SharedSession Start(params string[] command)
    {
        using ServerEndpoint endpoint = Share();
        ServerHostOptions options = new() { Command = command };
        Assert.True(Detach.TryStart(NativeBinary.Path, endpoint, options, out int pid, out string error), error);
        return new SharedSession(pid, endpoint.KeyText, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1;{Port};{endpoint.ViaText}"));
    }

    /// <summary>Waits until there is another broker than that one.</summary>
    public int WaitForBroker(int? notThis = null)
    {
        int? found = null;
        WaitUntil("no broker came", () => (found = BrokerPid) is not null && found != notThis);
        return found!.Value;
    }

    public static void WaitUntil(string otherwise, Func<bool> condition)
    {
        Instant deadline = Poller.Deadline;
        while (!condition())
        {
            Assert.True(SystemClock.Now < deadline, otherwise);
            Poller.Poll([], 5);
        }
    }

    public unsafe void Dispose()
    {
        if (BrokerPid is { } pid)
        {
            int status;
            _ = Libc.kill(pid, Libc.SIGKILL);
            _ = Libc.waitpid(pid, &status, 0);
        }
    }
}
