using System.Diagnostics;
using Roam.Host;

namespace Roam.Lab;

/// <summary>sshd in the far namespace, with keys made for this run in a folder that goes with it.</summary>
internal sealed class SshFarEnd : IDisposable
{
    public const int Port = 22;

    private static readonly Lazy<string> Folder = new(MakeFolder);
    private readonly Process _sshd;
    private readonly string _address;

    private SshFarEnd(Process sshd, string address)
    {
        _sshd = sshd;
        _address = address;
    }

    /// <summary>Null: no sshd, no ssh, or not root; said once.</summary>
    public static SshFarEnd? TryStart(Testbed bed, bool ipv6 = false)
    {
        if (!bed.CarriesTcp || !File.Exists("/usr/sbin/sshd") || !File.Exists("/usr/bin/ssh-keygen"))
        {
            return null;
        }

        string address = bed.FarAddress(ipv6);
        string[] line = [.. bed.EnterFar, "/usr/sbin/sshd", "-D", "-e", "-f", Path.Combine(Folder.Value, "sshd_config"), "-o", "ListenAddress=" + address];
        Process sshd = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardError = true, RedirectStandardInput = true })!;
        string log = "";
        while (sshd.StandardError.ReadLine() is { } said)
        {
            log += said;
            if (said.Contains("listening", StringComparison.Ordinal))
            {
                // Its log goes nowhere, but a full pipe would stop it.
                new Thread(() => sshd.StandardError.ReadToEnd()) { IsBackground = true }.Start();
                return new SshFarEnd(sshd, address);
            }
        }

        throw new InvalidOperationException("sshd did not start: " + log);
    }

    public string[] CommandLine(string[] command) =>
    [
        "ssh", "-tt", "-F", "none", "-i", Path.Combine(Folder.Value, "user"), "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR",
        "-o", "StrictHostKeyChecking=yes", "-o", "HostKeyAlias=far", "-o", "UserKnownHostsFile=" + Path.Combine(Folder.Value, "known"),
        $"{Environment.UserName}@{_address}", string.Join(' ', command.Select(word => $"'{word}'")),
    ];

    /// <summary>Of all sshd processes that read the configuration of this run, and their children of the same name.</summary>
    public static double CpuMillis()
    {
        double sum = 0;
        foreach (Process process in Process.GetProcessesByName("sshd").Concat(Process.GetProcessesByName("sshd-session")))
        {
            using (process)
            {
                sum += process.TotalProcessorTime.TotalMilliseconds;
            }
        }

        return sum;
    }

    public void Dispose()
    {
        if (!_sshd.HasExited)
        {
            _sshd.Kill(entireProcessTree: true);
        }

        _sshd.WaitForExit();
        _sshd.Dispose();
    }

    private static string MakeFolder()
    {
        string folder = Directory.CreateTempSubdirectory("roam-lab-ssh").FullName;
        Leftovers.Add(() =>
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        if (Libc.getuid() == 0)
        {
            Directory.CreateDirectory("/run/sshd"); // sshd, as root, insists on it; Debian's service unit makes it
        }

        foreach (string key in (string[])["host", "user"])
        {
            Tool.RunOrThrow("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, key)]);
        }

        File.WriteAllText(Path.Combine(folder, "known"), "far " + File.ReadAllText(Path.Combine(folder, "host.pub")));
        File.WriteAllText(Path.Combine(folder, "sshd_config"), $"""
            Port {Port}
            HostKey {folder}/host
            AuthorizedKeysFile {folder}/user.pub
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PrintMotd no

            """);
        return folder;
    }
}
