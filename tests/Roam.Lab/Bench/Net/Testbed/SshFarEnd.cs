using System.Diagnostics;
using Roam.Host;

namespace Roam.Lab;

/// <summary>sshd in the far namespace, with keys made for this run in a folder that goes with it.</summary>
internal sealed class SshFarEnd : IDisposable
{
    public const int Port = 22;

    private static readonly Lazy<string> Folder = new(MakeFolder);
    private readonly Process _sshd;
    private readonly string _folder = Folder.Value;

    private SshFarEnd(Process sshd) => _sshd = sshd;

    public static bool IsInstalled => File.Exists("/usr/sbin/sshd") && File.Exists("/usr/bin/ssh-keygen");

    public static SshFarEnd Start(Testbed bed)
    {
        string[] line = [.. bed.EnterFar, "/usr/sbin/sshd", "-D", "-e", "-f", Path.Combine(Folder.Value, "sshd_config")];
        Process sshd = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardError = true, RedirectStandardInput = true })!;
        string log = "";
        while (sshd.StandardError.ReadLine() is { } said)
        {
            log += said;
            if (said.Contains("listening", StringComparison.Ordinal))
            {
                // Its log goes nowhere, but a full pipe would stop it.
                new Thread(() => sshd.StandardError.ReadToEnd()) { IsBackground = true }.Start();
                return new SshFarEnd(sshd);
            }
        }

        throw new InvalidOperationException("sshd did not start: " + log);
    }

    /// <summary>For --ssh of a wrapper, in front of the destination.</summary>
    public string[] Words =>
    [
        "ssh", "-F", "none", "-i", Path.Combine(_folder, "user"), "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR",
        "-o", "StrictHostKeyChecking=yes", "-o", "HostKeyAlias=far", "-o", "UserKnownHostsFile=" + Path.Combine(_folder, "known"),
    ];

    /// <summary>The home that a login has: empty in each run, so that no program of ours is there.</summary>
    public string Home => Path.Combine(_folder, "home");

    public string[] CommandLine(string address, string[] command) =>
        [.. Words, "-tt", Destination(address), string.Join(' ', command.Select(word => $"'{word}'"))];

    public static string Destination(string address) => $"{Environment.UserName}@{address}";

    /// <summary>Of sshd and the processes that serve its connections.</summary>
    public double CpuMillis() => CpuMillis(_sshd.Id);

    public void Dispose()
    {
        if (!_sshd.HasExited)
        {
            _sshd.Kill(entireProcessTree: true);
        }

        _sshd.WaitForExit();
        _sshd.Dispose();
    }

    private static double CpuMillis(int pid)
    {
        double sum = 0;
        try
        {
            if (!File.ReadAllText($"/proc/{pid}/comm").StartsWith("sshd", StringComparison.Ordinal))
            {
                return 0;
            }

            sum = ProcessSample.Of(pid).CpuMillis;
            foreach (string child in File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                sum += CpuMillis(int.Parse(child, null));
            }
        }
        catch (IOException)
        {
            // It has ended between two looks.
        }

        return sum;
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

        Directory.CreateDirectory(Path.Combine(folder, "home"));
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
            SetEnv HOME={folder}/home

            """);
        return folder;
    }
}
