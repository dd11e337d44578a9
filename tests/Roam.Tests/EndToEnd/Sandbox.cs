namespace Roam.Tests.EndToEnd;

/// <summary>A home folder of the tests' own and an environment in which nothing of the machine's user shows.</summary>
internal static class Sandbox
{
    public static string Home { get; } = Make();

    public static string NewFile(string name) => Path.Combine(Home, $"{Guid.NewGuid():N}-{name}");

    /// <summary>A null value takes the variable away.</summary>
    public static List<(string Name, string Value)> Environment(params (string Name, string? Value)[] changes)
    {
        Dictionary<string, string> all = new()
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = Home,
            ["TERM"] = "xterm-256color",
            ["LC_ALL"] = "C.UTF-8",
            ["SHELL"] = "/bin/bash",
            ["USER"] = System.Environment.UserName,
        };
        foreach ((string name, string? value) in changes)
        {
            all.Remove(name);
            if (value is not null)
            {
                all[name] = value;
            }
        }

        return [.. all.Select(p => (p.Key, p.Value))];
    }

    private static string Make()
    {
        string home = Directory.CreateTempSubdirectory("roam-e2e-").FullName;
        File.WriteAllText(Path.Combine(home, ".hushlogin"), "");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(home, recursive: true);
        return home;
    }
}
