using System.Diagnostics;
using Roam.Tests.House;

namespace Roam.Tests.EndToEnd;

/// <summary>The programs under test, and short runs of programs without a terminal.</summary>
internal static class Programs
{
    /// <summary>Long enough for a loaded machine with two cores: a wait ends at its event, so a test is no slower for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public const string StockClient = "/usr/bin/mosh-client";
    public const string StockServer = "/usr/bin/mosh-server";
    public const string StockMosh = "/usr/bin/mosh";

    public static string Roam { get; } = Find();

    /// <summary>A link that ./build makes beside the binary.</summary>
    public static string Link(string name)
    {
        if (name == "roam")
        {
            return Roam;
        }

        string link = Path.Combine(Path.GetDirectoryName(Roam)!, name);
        Assert.True(File.Exists(link), $"{link} is missing: run ./build first.");
        return link;
    }

    public static (int ExitCode, string Output, string Error) Run(string program, string[] arguments, params (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach ((string name, string value) in Sandbox.Environment(environment))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException(program);
        process.StandardInput.Close();
        string error = "";
        Thread errorReader = new(() => error = process.StandardError.ReadToEnd());
        errorReader.Start();
        string output = process.StandardOutput.ReadToEnd();
        errorReader.Join();
        Assert.True(process.WaitForExit(Patience), $"{program} {string.Join(' ', arguments)} did not end");
        return (process.ExitCode, output, error);
    }

    private static string Find()
    {
        string path = Environment.GetEnvironmentVariable("ROAM_BIN") ?? Path.Combine(SourceTree.Root, "out", "roam");
        Assert.True(File.Exists(path), $"{path} is missing: run ./build first (or set ROAM_BIN).");
        return Path.GetFullPath(path);
    }
}
