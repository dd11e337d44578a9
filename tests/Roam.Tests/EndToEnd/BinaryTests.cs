using System.Globalization;

namespace Roam.Tests.EndToEnd;

/// <summary>What the published program is made of and what it takes.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class BinaryTests
{
    private const long BytesMax = 5 * 1024 * 1024;
    private const int ThreadsMax = 2;

    [Fact]
    public void It_needs_the_C_and_math_libraries_and_nothing_else()
    {
        string output = Programs.Run("ldd", [Programs.Roam]).Output;
        IEnumerable<string> names = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Path.GetFileName(l.Trim().Split(' ')[0]));
        Assert.Equal(["ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "linux-vdso.so.1"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_small()
    {
        Assert.InRange(new FileInfo(Programs.Roam).Length, 1, BytesMax);
    }

    [Fact]
    public void The_collector_is_set_to_keep_little()
    {
        Dictionary<string, string> settings = Programs.Run(Programs.Roam, ["__gc"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        Assert.Equal(524288.ToString(CultureInfo.InvariantCulture), settings["GCGen0MaxBudget"]);
        Assert.Equal("False", settings["ConcurrentGC"]);
    }

    [Fact]
    public void A_session_runs_in_two_threads_without_OpenSSL_and_without_showing_its_key()
    {
        using RemoteSession session = RemoteSession.Start(Pair.SshOurWrapperOurServer);
        session.Run("echo he''llo", "hello");
        session.Window.Resize(90, 30);
        session.Run("until [ \"$(stty size)\" = '30 90' ]; do read -t 0.05; done; echo now: $(stty size)", "now: 30 90");
        foreach (int pid in (int[])[session.ClientPid, session.ServerPid])
        {
            Assert.InRange(Processes.ThreadCount(pid), 1, ThreadsMax);
            string maps = Processes.Maps(pid);
            Assert.Contains("libc.so.6", maps, StringComparison.Ordinal);
            Assert.DoesNotContain("libssl", maps, StringComparison.Ordinal);
            Assert.DoesNotContain("libcrypto", maps, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"MOSH_KEY=(?!x{22}\n)", Processes.EnvironmentOf(pid));
        }

        // ps shows what the user typed, and the address that came of it.
        string clientLine = Processes.CommandLine(session.ClientPid);
        Assert.Contains("mosh-client -# --ssh=", clientLine, StringComparison.Ordinal);
        Assert.Matches(@"\| 127\.0\.0\.1 \d+$", clientLine);
        Assert.StartsWith("mosh-server", Processes.CommandLine(session.ServerPid), StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_names_protocol_and_build()
    {
        string roam = Programs.Run(Programs.Roam, ["--version"]).Output;
        Assert.Matches(@"^roam \d+\.\d+\.\d+ \(commit [0-9a-f]{12}|unknown\)\nProtocol: mosh 2 .*\nCharacter widths: Unicode \d+\.\d+\.\d+\n", roam);
        Assert.DoesNotContain("Grapheme", roam, StringComparison.Ordinal);
        Assert.Matches(@"\nGrapheme clusters \(mode 2027\): Unicode \d+\.\d+\.\d+\nRuntime: .NET \d+", Programs.Run(Programs.Roam, ["--version", "-v"]).Output);
        foreach (string name in (string[])["mosh", "mosh-client", "mosh-server"])
        {
            (int code, string output, _) = Programs.Run(Programs.Link(name), ["--version"]);
            Assert.Equal(0, code);
            Assert.StartsWith(name + " (roam ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Help_teaches()
    {
        (int code, string output, _) = Programs.Run(Programs.Roam, ["--help"]);
        Assert.Equal(0, code);
        foreach (string part in (string[])["roam [options] [user@]host [command...]", "Examples:", "Ctrl-^ .", "--predict <MODE>", "client", "server"])
        {
            Assert.Contains(part, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bash_completes_options_values_and_commands()
    {
        string script = $$"""
            source {{Path.Combine(House.SourceTree.Root, "completions", "roam.bash")}}
            PATH={{Path.GetDirectoryName(Programs.Roam)}}:$PATH
            try() { COMP_LINE=$1 COMP_POINT=${#1}; COMP_WORDS=($1); [ "${1: -1}" = ' ' ] && COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _roam; echo "${COMPREPLY[*]}"; }
            try 'roam --pre'
            try 'roam --predict '
            try 'roam --predict ne'
            try 'roam ser'
            roam '[suggest:17]' 'roam --predict=al'
            """;
        string[] lines = Programs.Run("bash", ["-c", script]).Output.Split('\n');
        Assert.Equal("--predict --predict-overwrite", lines[0]);
        Assert.Equal("adaptive always experimental never stock", lines[1]);
        Assert.Equal("never", lines[2]);
        Assert.Equal("server", lines[3]);
        Assert.Equal("always", lines[4]);
    }
}
