using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Roam.Lab;

/// <summary>A server started as mosh-server is: it has said where it listens, and has detached.</summary>
internal sealed partial record ServerLaunch(int Port, string Key, int Pid, double ConnectMillis)
{
    /// <summary>The words of `enter` are put before the command line: the way into a namespace, or nothing.</summary>
    public static ServerLaunch Start(string server, string[] enter, string address, string[] command)
    {
        long start = Stopwatch.GetTimestamp();
        string[] line = [.. enter, server, "new", "-i", address, "-c", "256", "--", .. command];
        ProcessStartInfo info = new(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        info.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{server} did not start");
        process.StandardInput.Close();
        Match connect = ReadConnect(process);
        double millis = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Match detached = Detached().Match(process.StandardError.ReadToEnd());
        process.WaitForExit();
        int pid = detached.Success ? int.Parse(detached.Groups[1].ValueSpan, null) : throw new InvalidOperationException($"{server} did not say its pid");
        return new ServerLaunch(int.Parse(connect.Groups[1].ValueSpan, null), connect.Groups[2].Value, pid, millis);
    }

    private static Match ReadConnect(Process server)
    {
        while (server.StandardOutput.ReadLine() is { } line)
        {
            Match match = Connect().Match(line);
            if (match.Success)
            {
                return match;
            }
        }

        throw new InvalidOperationException("the server gave no MOSH CONNECT line: " + server.StandardError.ReadToEnd());
    }

    [GeneratedRegex("MOSH CONNECT ([0-9]+) ([A-Za-z0-9/+]{22})")]
    private static partial Regex Connect();

    [GeneratedRegex("pid = ([0-9]+)")]
    private static partial Regex Detached();
}
