using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Roam.Tests.Host.Files;

namespace Roam.Tests.EndToEnd.Files;

[Collection<EndToEndCollection>]
public sealed partial class CopyOverSshTests : IDisposable
{
    private const int Large = 60_000_000;

    private readonly FarFolder _far = new();

    private ScratchFolder Folder => _far.Scratch;

    public void Dispose() => _far.Dispose();

    [Fact]
    public void A_tree_goes_there_comes_back_and_goes_from_host_to_host()
    {
        Folder.Write("from/a", 3_000_000);
        Folder.Shell("mkdir -p from/sub; echo hi > \"from/sub/$(printf 'new\\nline\\377')\"; chmod 755 from/a; touch -d 2001-02-03 from/sub from/a");
        _far.CopyWell("-rp", Folder["from"], _far.Far("there"));
        _far.CopyWell("-rp", _far.Far("there"), Folder["back"]);
        _far.CopyWell("-rp", _far.Far("back"), _far.Far("again"));
        Folder.Shell("diff -r from again");
        Assert.Equal(Folder.Shell("cd from; stat -c '%n %a %Y' . sub a"), Folder.Shell("cd again; stat -c '%n %a %Y' . sub a"));
    }

    [Fact]
    public void Names_that_are_no_text_stand_on_the_command_line_too()
    {
        Folder.Folder("to");
        Folder.Shell(
            "touch \"$(printf 'odd\\377')\"; \"$1\" cp -S \"$2\" \"$(printf 'odd\\377')\" \"127.0.0.1:$3/to\"; test -e \"$(printf 'to/odd\\377')\"",
            Programs.Roam, _far.Ssh, Folder.Path);
    }

    [Fact]
    public void The_far_side_expands_patterns_and_runs_nothing()
    {
        Folder.Write("from/a1", 10);
        Folder.Write("from/a 2", 10);
        Folder.Write("from/$(touch pwned)", 10);
        Folder.Folder("to");
        _far.CopyWell(_far.Far("from/a*"), _far.Far("from/$(touch pwned)"), Folder["to"]);
        Assert.Equal(["$(touch pwned)", "a 2", "a1"], Folder.Names("to"));
        Assert.False(File.Exists(Path.Combine(Sandbox.Home, "pwned")) || File.Exists("pwned") || Folder.Has("pwned"));
    }

    [Fact]
    public void What_fails_is_told_in_a_line_each_and_the_rest_is_copied()
    {
        Folder.Write("a", 10);
        Folder.Folder("to");
        (int code, _, string error) = _far.Copy(Folder["a"], Folder["none"], Folder["to"], _far.Far("to"));
        Assert.Equal(1, code);
        Assert.Equal($"roam cp: {Folder["none"]}: no such file or directory\nroam cp: {Folder["to"]}: is a directory: copy it with -r\n", error);
        Assert.True(Folder.Has("to/a"));
    }

    [Fact]
    public void A_destination_that_cannot_be_is_told_once()
    {
        Folder.Write("a", 10);
        (int code, _, string error) = _far.Copy(Folder["a"], _far.Far("none/b"));
        Assert.Equal(1, code);
        Assert.Equal($"roam cp: {Folder["none/b"]}: its directory does not exist; make it first\n", error);
    }

    [Fact]
    public void A_host_without_roam_is_told_with_what_to_do()
    {
        Folder.Write("a", 10);
        string ssh = SshServer.Instance.CommandWith($"XDG_CACHE_HOME={Folder.Folder("empty")}");
        (int code, _, string error) = Programs.Run(Programs.Roam, ["cp", "-S", ssh, Folder["a"], _far.Far("b")]);
        Assert.Equal(1, code);
        Assert.Equal("roam cp: there is no roam on 127.0.0.1. `roam 127.0.0.1` installs it there at the first login.\n", error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Killed_at_any_moment_it_goes_on_where_it_was(bool isUpload)
    {
        Folder.Write("a", Large);
        (string from, string to) = isUpload ? (Folder["a"], _far.Far("b")) : (_far.Far("a"), Folder["b"]);
        long kept = 0;
        for (int run = 1; run <= 3; run++)
        {
            using Process client = Start("cp", "-S", _far.Ssh, "--bwlimit", "40M", from, to);
            long until = kept + (5_000_000 * run);
            WaitFor(() => PartBytes() >= until, client);
            client.Kill();
            client.WaitForExit();
            WaitFor(() => !IsLocked(), null);
            kept = PartBytes();
        }

        Assert.False(Folder.Has("b"));
        string shown = Folder.Shell("script -qec \"$1 cp -S '$2' $3 $4\" /dev/null </dev/null 2>&1 | tr '\\r' '\\n' | tail -3", Programs.Roam, _far.Ssh, from, to);
        Folder.Shell("cmp a b");
        Match sent = Sent().Match(shown);
        Assert.True(sent.Success, shown);
        Assert.True(double.Parse(sent.Groups[1].Value, CultureInfo.InvariantCulture) * 1e6 <= Large - kept + 1_000_000, shown);
        Assert.False(File.Exists(Folder.Part("b")));
    }

    [Fact]
    public void Control_C_says_how_it_goes_on_and_leaves_no_process()
    {
        Folder.Write("a", Large);
        using Process client = Start("cp", "-S", _far.Ssh, "--bwlimit", "20M", Folder["a"], _far.Far("b"));
        WaitFor(() => PartBytes() > 5_000_000, client);
        int[] children = Processes.ChildrenOf(client.Id);
        Processes.Signal(client.Id, Processes.SIGINT);
        string error = client.StandardError.ReadToEnd();
        client.WaitForExit();
        Assert.Equal("roam cp: stopped; the same command goes on where it was\n", error);
        Assert.Equal(130, client.ExitCode);
        Assert.All(children, child => Processes.WaitForEnd(child, "ssh"));
    }

    [Fact]
    public void A_dead_connection_is_told()
    {
        Folder.Write("a", Large);
        using Process client = Start("cp", "-S", _far.Ssh, "--bwlimit", "20M", Folder["a"], _far.Far("b"));
        WaitFor(() => PartBytes() > 5_000_000, client);
        Assert.All(Processes.ChildrenOf(client.Id), child => Processes.Signal(child, Processes.SIGKILL));
        Assert.Equal("roam cp: the connection to 127.0.0.1 ended; the same command goes on where it was\n", client.StandardError.ReadToEnd());
        client.WaitForExit();
        Assert.Equal(1, client.ExitCode);
    }

    [Fact]
    public void A_full_disk_is_told_and_with_room_it_goes_on()
    {
        Assert.SkipUnless(Environment.UserName == "root", "mounting needs root");
        Folder.Write("a", 12_000_000);
        Folder.Folder("small");
        Folder.Shell(
            """
            unshare -m sh -ec 'mount -t tmpfs -o size=8m none small
            if "$1" cp a small/b 2>error; then exit 9; fi
            grep -q "small/b: no space left there; make room, then the same command goes on where it stopped" error
            mount -o remount,size=20m none small
            "$1" cp a small/b
            cmp a small/b' sh "$1"
            """,
            Programs.Roam);
    }

    [Fact]
    public void On_a_terminal_a_line_tells_how_far_it_is_and_at_the_end_what_was_done()
    {
        Folder.Write("from/a", 8_000_000);
        Folder.Write("from/b", 10);
        string shown = Folder.Shell("script -qec \"stty cols 100; $1 cp -r --bwlimit 8M -S '$2' $3 $4\" /dev/null </dev/null 2>&1", Programs.Roam, _far.Ssh, Folder["from"], _far.Far("to"));
        Assert.Matches(@"a \[#+ *\] +\d+ %  [\d.]+ [KM]B of 8\.0 MB  \d/2 files  [\d.]+ MB/s  0:0\d left", shown);
        Assert.Matches(@"2 files, 8\.0 MB in [\d.]+ s \([\d.]+ MB/s\)\r?$", shown);
        Assert.Equal("", Folder.Shell("script -qec \"$1 cp -q -r -S '$2' $3 $4\" /dev/null </dev/null 2>&1", Programs.Roam, _far.Ssh, Folder["from"], _far.Far("to")));
    }

    private static Process Start(params string[] words)
    {
        ProcessStartInfo start = new(Programs.Roam, words) { RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Clear();
        foreach ((string name, string value) in Sandbox.Environment())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static void WaitFor(Func<bool> condition, Process? client)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (client is { HasExited: true })
            {
                Assert.Fail("it ended too early: " + client.StandardError.ReadToEnd());
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Programs.Patience, "it does not come so far");
            Processes.WaitReadable(-1, 5);
        }
    }

    private long PartBytes() => File.Exists(Folder.Part("b")) ? new FileInfo(Folder.Part("b")).Length : 0;

    /// <summary>Whether the far end still holds the part: it hears of its client's end a moment later.</summary>
    private bool IsLocked() => Folder.Shell("flock -n \"$1\" true && echo free || echo held", Folder.Part("b")) == "held";

    [GeneratedRegex(@"\(([\d.]+) MB sent,")]
    private static partial Regex Sent();
}
