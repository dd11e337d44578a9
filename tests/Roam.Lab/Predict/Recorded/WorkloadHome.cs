using System.Reflection;
using System.Text;

namespace Roam.Lab;

/// <summary>
/// A private home for one start of a workload's program, gone with this object. As root the program runs in a room of its own (Workloads/room): another user, host name, processes and
/// network, so that nothing of the machine is in what it shows, and passwords can be typed.
/// </summary>
internal sealed class WorkloadHome : IDisposable
{
    /// <summary>Where programs are looked for.</summary>
    public const string SearchPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/games";

    /// <summary>The password of the room's user, for workloads that ask for it: what "openssl passwd -6" made of "Vq7xKm2z".</summary>
    private const string PasswordHash = "$6$roamroam$dhMHuNc4CNlwJTV2etTAJK0e1omNO/HQYG.XbnbOA3p.MmDu67d203y.n5x3nhawHNqtWXiRYr1oIDePmgrAr0";

    public const string Term = "xterm-256color";

    private readonly string _folder;

    public WorkloadHome(TypingWorkload workload)
    {
        _folder = Directory.CreateTempSubdirectory("roam-room-").FullName;
        string home = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName;
        foreach ((string name, string content) in workload.Files)
        {
            string file = Path.Combine(home, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        WriteLines("env", workload.Environment);
        WriteLines("setup", workload.Setup);
        WriteLines("services", workload.Services);
        WriteLines("hash", [PasswordHash]);
        using Stream room = Assembly.GetExecutingAssembly().GetManifestResourceStream("room")!;
        using StreamReader script = new(room);
        string roomFile = Path.Combine(_folder, "room");
        File.WriteAllText(roomFile, script.ReadToEnd());
        Command = ["/bin/bash", roomFile, _folder, .. workload.Program];
    }

    /// <summary>What to run on a terminal; it needs PATH and TERM, and makes the program's environment itself.</summary>
    public string[] Command { get; }

    public List<byte[]> Environment { get; } = [Encoding.UTF8.GetBytes("PATH=" + SearchPath), Encoding.UTF8.GetBytes("TERM=" + Term)];

    /// <summary>May be called twice.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void WriteLines(string name, IEnumerable<string> lines) => File.WriteAllText(Path.Combine(_folder, name), string.Concat(lines.Select(l => l + "\n")));
}
