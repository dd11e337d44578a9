using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Roam.Tests.EndToEnd;

/// <summary>Debian's sshd on a loopback port, with keys that live as long as the tests, for the current user.</summary>
internal sealed class SshServer : IDisposable
{
    private static readonly Lazy<SshServer> Shared = new(() => new SshServer());

    private readonly Process _sshd;
    private readonly string _clientConfig;

    private SshServer()
    {
        string folder = Path.Combine(Sandbox.Home, "ssh");
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
        {
            Directory.CreateDirectory("/run/sshd"); // sshd, as root, insists on it; Debian's service unit makes it.
        }

        foreach (string key in (string[])["host", "user"])
        {
            Assert.Equal(0, Programs.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, key)]).ExitCode);
        }

        // Debian's bash reads this file under sshd too; a test names what it does in the variable.
        File.WriteAllText(Path.Combine(Sandbox.Home, ".bashrc"), "case $ROAM_TEST_START in ?*) start=$ROAM_TEST_START; unset ROAM_TEST_START; . $start;; esac\n");
        File.Copy(Path.Combine(folder, "user.pub"), Path.Combine(folder, "authorized"));
        Port = FreeTcpPort();
        string serverConfig = Path.Combine(folder, "sshd_config");
        File.WriteAllText(serverConfig, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {folder}/host
            AuthorizedKeysFile {folder}/authorized
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PrintMotd no
            AllowAgentForwarding yes
            SetEnv HOME={Sandbox.Home}
            AcceptEnv XDG_CACHE_HOME XDG_RUNTIME_DIR ROAM_TEST_START

            """);
        File.WriteAllText(Path.Combine(folder, "known"), $"[127.0.0.1]:{Port} {File.ReadAllText(Path.Combine(folder, "host.pub"))}");
        _clientConfig = Path.Combine(folder, "ssh_config");
        File.WriteAllText(_clientConfig, $"""
            Host *
              User {Environment.UserName}
              Port {Port}
              IdentityFile {folder}/user
              IdentitiesOnly yes
              UserKnownHostsFile {folder}/known
              GlobalKnownHostsFile none
              HostKeyAlias [127.0.0.1]:{Port}
              StrictHostKeyChecking yes
              LogLevel ERROR

            """);
        ProcessStartInfo start = new("/usr/sbin/sshd", ["-D", "-e", "-f", serverConfig]) { RedirectStandardError = true, RedirectStandardInput = true };
        _sshd = Process.Start(start)!;
        string log = "";
        while (_sshd.StandardError.ReadLine() is { } line)
        {
            log += line + "\n";
            if (line.Contains("listening", StringComparison.Ordinal))
            {
                // Its log goes nowhere, but a full pipe would stop it.
                new Thread(() => _sshd.StandardError.ReadToEnd()) { IsBackground = true }.Start();
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
                return;
            }
        }

        Assert.Fail($"sshd did not start: {log}");
    }

    public static SshServer Instance => Shared.Value;

    public int Port { get; }

    /// <summary>The private key that it lets in.</summary>
    public string UserKey => Path.Combine(Path.GetDirectoryName(_clientConfig)!, "user");

    /// <summary>For --ssh.</summary>
    public string Command => $"ssh -F {_clientConfig}";

    /// <summary>For --ssh: variables of the far side.</summary>
    public string CommandWith(params string[] variables) => $"{Command} -o 'SetEnv={string.Join(' ', variables)}'";

    public static int FreeTcpPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!_sshd.HasExited)
        {
            _sshd.Kill();
        }
    }
}
