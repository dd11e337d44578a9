using System.Diagnostics;
using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>
/// A host: a network namespace, and for every program on it a mount namespace in which /etc/passwd and /etc/hosts are its own, so that ssh, sshd, shells and
/// Roam find its home folder and its names by themselves.
/// </summary>
internal sealed class NetHost : IDisposable
{
    private readonly string _folder;
    private readonly List<string> _mounts = [];
    private readonly List<string> _names = ["127.0.0.1 localhost", "::1 localhost"];
    private Process? _sshd;

    public NetHost(string name, string networkNamespace, string folder)
    {
        Name = name;
        Namespace = networkNamespace;
        _folder = folder;
        Home = Path.Combine(folder, "home");
        Directory.CreateDirectory(Home);
        Assert.True(TryRun("ip", "netns", "add", Namespace));
        Ip("link set lo up");
        UseShell("/bin/bash");
        WriteHosts();
        WriteEnter();
        WriteHome(".hushlogin", "");
        WriteHome(".bash_profile", $"PS1='{Prompt} '\n");
        WriteSshConfig("");
    }

    public string Name { get; }

    public string Namespace { get; }

    public string Home { get; }

    /// <summary>What the login shell shows here.</summary>
    public string Prompt => Name + "-ready>";

    /// <summary>Of all cables, in the order they were plugged.</summary>
    public List<string> Addresses { get; } = [];

    /// <summary>Words before a program: it runs on this host.</summary>
    public string[] Here => ["ip", "netns", "exec", Namespace, "sh", EnterFile];

    /// <summary>Ids of all processes on it.</summary>
    public int[] RunningIds =>
        [.. Programs.Run("ip", ["netns", "pids", Namespace]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))];

    /// <summary>UDP datagrams that programs here have read.</summary>
    public long DatagramsIn
    {
        get
        {
            string[][] four = [.. File.ReadLines($"/proc/{_sshd!.Id}/net/snmp").Where(l => l.StartsWith("Udp:", StringComparison.Ordinal)).Select(l => l.Split(' '))];
            string six = File.ReadLines($"/proc/{_sshd.Id}/net/snmp6").First(l => l.StartsWith("Udp6InDatagrams", StringComparison.Ordinal));
            return long.Parse(four[1][Array.IndexOf(four[0], "InDatagrams")], CultureInfo.InvariantCulture) + long.Parse(six.Split(' ', '\t')[^1], CultureInfo.InvariantCulture);
        }
    }

    private string EnterFile => Path.Combine(_folder, "enter");

    /// <summary>The name of the cable's end that leads here, as every other host calls it.</summary>
    public string Cable => "to-" + Name;

    public void Plug(string cable, string[] addresses)
    {
        foreach (string address in addresses)
        {
            Addresses.Add(address);
            Ip($"address add {address}/{(address.Contains(':', StringComparison.Ordinal) ? "64 nodad" : "24")} dev {cable}");
        }

        Ip($"link set {cable} up");
    }

    public void Know(NetHost other, IEnumerable<string> addresses)
    {
        _names.RemoveAll(n => n.EndsWith(" " + other.Name, StringComparison.Ordinal));
        _names.AddRange(addresses.Select(a => $"{a} {other.Name}"));
        WriteHosts();
    }

    /// <summary>The user's login shell, from the next login on.</summary>
    public void UseShell(string shell)
    {
        IEnumerable<string> lines = File.ReadLines("/etc/passwd").Where(l => !l.StartsWith("root:", StringComparison.Ordinal));
        File.WriteAllLines(Path.Combine(_folder, "passwd"), lines.Prepend($"root:x:0:0:root:{Home}:{shell}"));
    }

    /// <summary>A shell command that changes what the programs of this host see of the file system; before sshd starts.</summary>
    public void Mount(string command)
    {
        _mounts.Add(command);
        WriteEnter();
    }

    public void WriteHome(string file, string text, bool isProgram = false)
    {
        string path = Path.Combine(Home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (isProgram)
        {
            Assert.True(TryRun("chmod", "700", path));
        }
    }

    /// <summary>Roam as a user puts it there by hand.</summary>
    public void InstallRoam()
    {
        Directory.CreateDirectory(Path.Combine(Home, ".local/bin"));
        File.CreateSymbolicLink(Path.Combine(Home, ".local/bin/roam"), Programs.Roam);
    }

    /// <summary>mosh is not on this host: its program is covered by a file that cannot be executed.</summary>
    public void HideMosh()
    {
        if (File.Exists(Programs.StockServer))
        {
            Mount($"mount --bind /dev/null {Programs.StockServer}");
        }
    }

    /// <summary>The user's own configuration; the given lines come first, where ssh looks first.</summary>
    public void WriteSshConfig(string lines) => WriteHome(".ssh/config", $"""
        {lines}
        Host *
          User root
          IdentityFile {NetKeys.Folder}/user
          IdentitiesOnly yes
          UserKnownHostsFile {NetKeys.Folder}/known
          GlobalKnownHostsFile none
          StrictHostKeyChecking yes

        """);

    /// <param name="banner">What sshd says before the login.</param>
    public void StartSshd(string banner = "")
    {
        File.WriteAllText(Path.Combine(_folder, "banner"), banner);
        string config = Path.Combine(_folder, "sshd_config");
        File.WriteAllText(config, $"""
            HostKey {NetKeys.Folder}/host
            AuthorizedKeysFile {NetKeys.Folder}/authorized
            PidFile none
            StrictModes no
            UsePAM no
            UseDNS no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PrintMotd no
            Banner {(banner.Length > 0 ? Path.Combine(_folder, "banner") : "none")}

            """);
        string[] words = [.. Here, "/usr/sbin/sshd", "-D", "-e", "-f", config];
        _sshd = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true, RedirectStandardInput = true })!;
        string log = "";
        while (_sshd.StandardError.ReadLine() is { } line)
        {
            log += line + "\n";
            // It binds one socket for each family and tells of each; a connection before the second would not always find it.
            if (line.Contains("listening on ::", StringComparison.Ordinal))
            {
                // Its log goes nowhere, but a full pipe would stop it.
                new Thread(() => _sshd.StandardError.ReadToEnd()) { IsBackground = true }.Start();
                return;
            }
        }

        Assert.Fail($"sshd did not start on {Name}: {log}");
    }

    /// <summary>Drops every UDP datagram that arrives here from elsewhere, and tells nobody.</summary>
    public void BlockUdp() => Drop("iifname != \"lo\" meta l4proto udp");

    /// <summary>Drops everything that arrives here but what the host says to itself.</summary>
    public void BlockAll() => Drop("iifname != \"lo\"");

    public void Unblock() => Nft("delete table inet test");

    public void Nft(params string[] commands)
    {
        string file = Path.Combine(_folder, "rules");
        File.WriteAllLines(file, commands);
        (int code, _, string error) = Programs.Run("ip", ["netns", "exec", Namespace, "nft", "-f", file]);
        Assert.True(code == 0, $"nft on {Name}: {error}");
    }

    /// <summary>Runs a program on this host to its end.</summary>
    public (int ExitCode, string Output, string Error) Run(params string[] words)
    {
        string[] all = [.. Here, .. words];
        return Programs.Run(all[0], all[1..], ("HOME", Home));
    }

    public void Ip(string words)
    {
        (int code, _, string error) = Programs.Run("ip", ["-n", Namespace, .. words.Split(' ')]);
        Assert.True(code == 0, $"ip -n {Namespace} {words}: {error}");
    }

    /// <summary>The processes on it that were started under that name.</summary>
    public int[] ProcessesNamed(string name) => [.. RunningIds.Where(p => NameOf(p) == name)];

    public void Kill(string name)
    {
        int[] found = ProcessesNamed(name);
        Assert.True(found.Length > 0, $"no {name} runs on {Name}");
        foreach (int pid in found)
        {
            Processes.Signal(pid, Processes.SIGKILL);
        }
    }

    public void Dispose()
    {
        foreach (int pid in RunningIds)
        {
            Processes.Signal(pid, Processes.SIGKILL);
        }

        _sshd?.WaitForExit();
        _sshd?.Dispose();
        TryRun("ip", "netns", "delete", Namespace);
    }

    public static bool TryRun(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string NameOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return ""; // It ended meanwhile.
        }
    }

    private void Drop(string what) => Nft("add table inet test", "add chain inet test in { type filter hook input priority 0; }", $"add rule inet test in {what} drop");

    /// <summary>Of its own; what the tests themselves need of the machine's stays in sight.</summary>
    private IEnumerable<string> TemporaryFolders()
    {
        foreach (string folder in (string[])["/tmp", "/var/tmp", "/dev/shm"])
        {
            string own = Path.Combine(_folder, "own" + folder.Replace('/', '-'));
            yield return $"mkdir -p {own}; chmod 1777 {own}";
            foreach (string kept in new[] { Sandbox.Home, Path.GetDirectoryName(Programs.Roam)! }.Where(k => k.StartsWith(folder + "/", StringComparison.Ordinal)))
            {
                yield return $"mkdir -p {own}{kept[folder.Length..]}; mount --bind {kept} {own}{kept[folder.Length..]}";
            }

            yield return $"mount --rbind {own} {folder}";
        }
    }

    private void WriteHosts() => File.WriteAllLines(Path.Combine(_folder, "hosts"), _names);

    /// <summary>`ip netns exec` gives each program a mount namespace of its own, so nothing of this shows outside.</summary>
    private void WriteEnter() => File.WriteAllLines(EnterFile,
    [
        "set -e",
        $"mount --bind {_folder}/passwd /etc/passwd",
        $"mount --bind {_folder}/hosts /etc/hosts",
        .. TemporaryFolders(),
        .. _mounts,
        "exec \"$@\"",
    ]);
}
