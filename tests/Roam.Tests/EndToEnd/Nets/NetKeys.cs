namespace Roam.Tests.EndToEnd;

/// <summary>One key of all hosts and one of the user, made once for the run of the tests.</summary>
internal static class NetKeys
{
    public static string Folder { get; } = Make();

    private static string Make()
    {
        string folder = Path.Combine(Sandbox.Home, "netkeys");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory("/run/sshd"); // sshd, as root, insists on it; Debian's service unit makes it.
        foreach (string key in (string[])["host", "user"])
        {
            Assert.Equal(0, Programs.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, key)]).ExitCode);
        }

        File.Copy(Path.Combine(folder, "user.pub"), Path.Combine(folder, "authorized"));
        File.WriteAllText(Path.Combine(folder, "known"), "* " + File.ReadAllText(Path.Combine(folder, "host.pub")));
        return folder;
    }
}
