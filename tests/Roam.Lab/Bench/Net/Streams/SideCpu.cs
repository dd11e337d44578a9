using System.Diagnostics;
using System.Globalization;

namespace Roam.Lab;

/// <summary>CPU time of a client with all that it started, and of the servers in a namespace that are not among them.</summary>
internal static class SideCpu
{
    private static readonly string[] _servers = ["sshd", "roam", "mosh-server"];

    public static (double NearMillis, double FarMillis) Of(int clientPid, string farNamespace)
    {
        List<int> near = [];
        Gather(clientPid, near);
        double far = 0;
        foreach (int pid in PidsIn(farNamespace))
        {
            if (!near.Contains(pid) && IsServer(pid))
            {
                far += ProcessSample.CpuMillisOf(pid) ?? 0;
            }
        }

        return (near.Sum(pid => ProcessSample.CpuMillisOf(pid) ?? 0), far);
    }

    private static void Gather(int pid, List<int> all)
    {
        all.Add(pid);
        try
        {
            foreach (string child in File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Gather(int.Parse(child, CultureInfo.InvariantCulture), all);
            }
        }
        catch (IOException)
        {
            // It has ended between two looks.
        }
    }

    private static bool IsServer(int pid)
    {
        try
        {
            string name = File.ReadAllText($"/proc/{pid}/comm").Trim();
            return _servers.Any(s => name.StartsWith(s, StringComparison.Ordinal)) && name != "roam-lab";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static List<int> PidsIn(string namespaceName)
    {
        using Process process = Process.Start(new ProcessStartInfo("ip", ["netns", "pids", namespaceName]) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
    }
}
