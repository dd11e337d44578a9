using System.Text.RegularExpressions;

namespace Roam.Tests.EndToEnd;

/// <summary>`roam far new` on a machine whose systemd-logind ends what a login leaves behind: stand-ins for systemd's programs, in a /run of their own.</summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class LogoutTests
{
    [Theory]
    [InlineData(0, 0, true, "")]
    [InlineData(0, 1, true, "ROAM NOTE this host ends your processes when your last login ends")]
    [InlineData(1, 0, false, "ROAM NOTE this host ends your processes when a login ends")]
    public void The_server_goes_into_a_scope_or_the_user_is_told(int scopeCode, int lingerCode, bool isInScope, string note)
    {
        string folder = Directory.CreateDirectory(Sandbox.NewFile("systemd")).FullName;
        string log = Path.Combine(folder, "log");
        Program(folder, "busctl", "printf 'b true\\nas 0\\nas 0\\n'");
        Program(folder, "loginctl", $"echo \"loginctl $*\" >>{log}; exit {lingerCode}");
        Program(folder, "systemd-run", $"echo \"systemd-run $*\" >>{log}; [ {scopeCode} = 0 ] || exit 1; while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");
        string run = $"mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && PATH={folder}:$PATH exec {Programs.Roam} far new -p 0 -- true";
        (int code, string output, string error) = Programs.Run("unshare", ["-m", "sh", "-c", run]);
        Assert.SkipWhen(error.Contains("unshare", StringComparison.Ordinal), "No mount namespace can be made here.");
        Assert.True(code == 0, error);
        Assert.Matches(ConnectLine(), output);
        Assert.Equal(note.Length == 0, !output.Contains("ROAM NOTE", StringComparison.Ordinal));
        Assert.Contains(note, output, StringComparison.Ordinal);
        string asked = File.ReadAllText(log);
        Assert.Contains("loginctl --no-ask-password enable-linger", asked, StringComparison.Ordinal);
        Assert.Equal(isInScope, asked.Contains($"-- {Programs.Roam} far --in-scope new -p 0 -- true", StringComparison.Ordinal));
    }

    private static void Program(string folder, string name, string text)
    {
        string file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/sh\n{text}\n");
        Assert.Equal(0, Programs.Run("chmod", ["+x", file]).ExitCode);
    }

    [GeneratedRegex(@"(?m)^ROAM SESSION \d+$(.*\n)*^MOSH CONNECT \d+ \S{22}$(.*\n)*^ROAM CARRY$")]
    private static partial Regex ConnectLine();
}
