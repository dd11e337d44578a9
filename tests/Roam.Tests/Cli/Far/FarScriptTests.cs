using System.Runtime.Versioning;
using Roam.Cli;
using Roam.Tests.EndToEnd;

namespace Roam.Tests.Cli.Far;

/// <summary>The script that finds or takes Roam on the far side, in real shells.</summary>
[SupportedOSPlatform("linux")]
[Collection(EndToEndCollection.Name)]
public sealed class FarScriptTests
{
    private const string NameOfBuild = "roam-9.9-0123456789abcdef";

    private static readonly string[] Awkward = ["far", "new", "-c", "256", "--", "it's", "50% \\ off!", "two\nlines", "a  b", "$HOME `id` \"x\"", "é😀", ""];

    [Fact]
    public void The_script_has_no_character_that_login_shells_read_differently()
    {
        Assert.False(FarScript.Text.AsSpan().ContainsAny("'\\!\n\r"));
        Assert.True(FarScript.Text.All(char.IsAscii));
        // A word of 4 KiB is what every shell and every getconf ARG_MAX takes.
        Assert.InRange(FarScript.Text.Length, 1, 4096);
    }

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/dash")]
    [InlineData("/bin/bash")]
    [InlineData("/usr/bin/zsh")]
    [InlineData("/usr/bin/fish")]
    [InlineData("/usr/bin/tcsh")]
    [InlineData("/usr/bin/ksh")]
    public void Every_login_shell_hands_the_words_on_unharmed(string shell)
    {
        Assert.SkipUnless(File.Exists(shell), $"{shell} is not installed.");
        string home = NewHome();
        WriteProgram(Path.Combine(home, ".local", "bin", "roam"), ScriptTalk.StandIn("found"));
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Auto, null, Awkward, shell);
        Assert.StartsWith("ROAM FAR 1 Linux ", talk.WaitFor("ROAM FAR"), StringComparison.Ordinal);
        talk.WaitFor("found " + home);
        string[] words = [.. talk.Rest().Select(w => w[1..^1])];
        Assert.Equal(["far", "--percent"], words[..2]);
        Assert.Equal(Awkward[1..], words[2..].Select(FarScript.Decode));
        Assert.Equal(0, talk.WaitForExit());
    }

    [Theory]
    [InlineData("100%", "100%25")]
    [InlineData("a%20b", "a%2520b")]
    [InlineData("it's", "it%27s")]
    [InlineData("plain -x=1", "plain -x=1")]
    public void Encoded_words_are_read_back(string word, string encoded)
    {
        Assert.Equal(encoded, FarScript.Encode(word));
        Assert.Equal(word, FarScript.Decode(encoded));
    }

    [Fact]
    public void What_cannot_be_encoded_stands_for_itself()
    {
        Assert.Equal("%", FarScript.Decode("%"));
        Assert.Equal("50% of", FarScript.Decode("50% of"));
    }

    [Fact]
    public void A_foreign_or_old_roam_is_passed_over()
    {
        string home = NewHome();
        WriteProgram(Path.Combine(home, ".local", "bin", "roam"), "#!/bin/sh\necho usage: roam FILE\nexit 2\n");
        WriteProgram(Path.Combine(home, "bin", "roam"), ScriptTalk.StandIn("second"));
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Auto, null, ["far", "new"]);
        talk.WaitFor($"second {home}/bin/roam");
    }

    [Fact]
    public void What_is_sent_is_checked_kept_and_found_the_next_time()
    {
        string home = NewHome();
        string build = ScriptTalk.StandIn("installed");
        using (ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Auto, null, ["far", "new"]))
        {
            Assert.EndsWith(" gz", talk.WaitFor("ROAM NEED Linux "), StringComparison.Ordinal);
            talk.Put(build, NameOfBuild);
            Assert.Equal($"ROAM NOTE installed as {home}/.cache/roam/bin/{NameOfBuild}", talk.WaitFor("ROAM NOTE"));
            talk.WaitFor("installed ");
            Assert.Equal(["[far]", "[new]"], talk.Rest());
        }

        string kept = Path.Combine(home, ".cache", "roam", "bin");
        Assert.Equal([NameOfBuild], Directory.GetFiles(kept).Select(Path.GetFileName));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(kept));
        foreach (InstallMode mode in (InstallMode[])[InstallMode.Auto, InstallMode.Never, InstallMode.Find])
        {
            using ScriptTalk again = ScriptTalk.Start(home, mode, null, ["carry", "17"]);
            again.WaitFor("installed ");
            Assert.Equal(["[carry]", "[17]"], again.Rest());
        }
    }

    [Fact]
    public void A_wrong_hash_is_refused_and_another_place_is_asked_for()
    {
        string home = NewHome();
        string runtime = NewHome();
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Auto, null, ["far", "new"], variables: [$"XDG_RUNTIME_DIR={runtime}"]);
        talk.WaitFor("ROAM NEED");
        talk.Put(ScriptTalk.StandIn("evil"), NameOfBuild, ScriptTalk.Hash("another"));
        Assert.Equal($"ROAM FAILED hash {home}/.cache/roam/bin", talk.WaitFor("ROAM FAILED"));
        talk.WaitFor("ROAM NEED");
        talk.Put(ScriptTalk.StandIn("good"), NameOfBuild);
        talk.WaitFor($"good {runtime}/roam-bin/{NameOfBuild}");
        Assert.Empty(Directory.GetFiles(Path.Combine(home, ".cache", "roam", "bin")));
    }

    [Fact]
    public void What_does_not_run_there_is_not_kept()
    {
        string home = NewHome();
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Auto, null, ["far", "new"]);
        talk.WaitFor("ROAM NEED");
        talk.Put("#!/bin/sh\nexit 1\n", NameOfBuild);
        Assert.StartsWith("ROAM FAILED run ", talk.WaitFor("ROAM FAILED"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(home, ".cache", "roam", "bin")));
    }

    [Fact]
    public void A_broken_upload_leaves_nothing_behind()
    {
        string home = NewHome();
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Auto, null, ["far", "new"]);
        talk.WaitFor("ROAM NEED");
        talk.Say($"PUT 100000 {ScriptTalk.Hash("x")} gz {NameOfBuild}\nhalf of it");
        Assert.Equal(1, talk.WaitForExit());
        Assert.Empty(Directory.GetFiles(Path.Combine(home, ".cache", "roam", "bin")));
    }

    [Fact]
    public void Only_the_two_builds_used_last_are_kept()
    {
        string home = NewHome();
        string kept = Path.Combine(home, ".cache", "roam", "bin");
        for (int i = 1; i <= 4; i++)
        {
            string file = Path.Combine(kept, $"roam-0.{i}-x");
            WriteProgram(file, ScriptTalk.StandIn($"version {i}"));
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-i));
        }

        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Auto, null, ["far", "new"]);
        talk.WaitFor("version 1 ");
        talk.WaitForExit();

        // The script does not wait for it.
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(kept).Length <= 2, Programs.Patience));
        Assert.Equal(["roam-0.1-x", "roam-0.2-x"], Directory.GetFiles(kept).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    /// <summary>Somebody else's folder in /tmp, or one that others may write, must not hold what the user runs.</summary>
    [Fact]
    public void A_cache_that_others_can_write_is_not_used()
    {
        string home = NewHome();
        string kept = Path.Combine(home, ".cache", "roam", "bin");
        WriteProgram(Path.Combine(kept, NameOfBuild), ScriptTalk.StandIn("planted"));
        File.SetUnixFileMode(kept, (UnixFileMode)0b111_111_111);
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Find, null, ["carry", "1"]);
        Assert.DoesNotContain(talk.Rest(), l => l.StartsWith("planted", StringComparison.Ordinal));
        Assert.Equal(127, talk.WaitForExit());
    }

    [Fact]
    public void Always_means_this_very_build()
    {
        string home = NewHome();
        string build = ScriptTalk.StandIn("ours");
        string folder = NewHome();
        File.WriteAllText(Path.Combine(folder, "roam-linux-x64"), build);
        File.WriteAllText(Path.Combine(folder, "roam-linux-x64.sha256"), $"{ScriptTalk.Hash(build)}  roam-linux-x64\n");
        string name = Assert.Single(new ServerBuilds([folder], "/nonexistent").Names());
        string kept = Path.Combine(home, ".cache", "roam", "bin");
        WriteProgram(Path.Combine(home, ".local", "bin", "roam"), ScriptTalk.StandIn("in PATH"));
        WriteProgram(Path.Combine(kept, NameOfBuild), ScriptTalk.StandIn("another"));
        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Always, folder, ["far", "new"]))
        {
            talk.WaitFor("ROAM NEED");
            talk.Put(build, name);
            talk.WaitFor($"ours {kept}/{name}");
        }

        using ScriptTalk again = ScriptTalk.Start(home, InstallMode.Always, folder, ["far", "new"]);
        again.WaitFor($"ours {kept}/{name}");
    }

    [Fact]
    public void Without_roam_a_verb_that_only_goes_on_ends_at_once()
    {
        using ScriptTalk talk = ScriptTalk.Start(NewHome(), InstallMode.Find, null, ["carry", "17"]);
        Assert.DoesNotContain(talk.Rest(), l => l.StartsWith("ROAM NEED", StringComparison.Ordinal));
        Assert.Equal(127, talk.WaitForExit());
    }

    [Fact]
    public void The_servers_of_mosh_get_their_words_unharmed()
    {
        string home = NewHome();
        WriteProgram(Path.Combine(home, "bin", "mosh-server"), "#!/bin/sh\nfor a; do printf '[%s]' \"$a\"; done; echo\n");
        string[] words = ["new", "--", "it's", "a\nb", "\\ ! $HOME", " x "];
        using ScriptTalk talk = ScriptTalk.Start(home, InstallMode.Never, null, ["far", "new"], before: ["env", $"PATH={home}/bin:/usr/bin:/bin"]);
        talk.WaitFor("ROAM NEED");
        talk.Say(FarScript.MoshAnswer(words));
        Assert.Equal(string.Concat(words.Select(w => $"[{w}]")), string.Join('\n', talk.Rest()));
        Assert.False(Directory.Exists(Path.Combine(home, ".cache")));
    }

    /// <summary>Each place that cannot take it is passed over before the upload, which can be read only once.</summary>
    [Theory]
    [InlineData("read-only", "mount -t tmpfs -o ro tmpfs")]
    [InlineData("full", "mount -t tmpfs -o size=1m tmpfs")]
    [InlineData("noexec", "mount -t tmpfs -o noexec tmpfs")]
    public void A_home_that_cannot_take_it_leads_to_the_next_place(string kind, string mount)
    {
        Assert.SkipUnless(CanMount(), "No mount namespace can be made here.");
        string home = NewHome();
        string runtime = NewHome();
        using ScriptTalk talk = ScriptTalk.Start(
            home, InstallMode.Auto, null, ["far", "new"], before: ["unshare", "-m", "sh", "-c", $"{mount} \"$HOME\" && exec \"$@\"", "sh"], variables: [$"XDG_RUNTIME_DIR={runtime}"]);
        talk.WaitFor("ROAM NEED");
        talk.Put(ScriptTalk.StandIn(kind), NameOfBuild);
        talk.WaitFor($"{kind} {runtime}/roam-bin/{NameOfBuild}");
    }

    [Fact]
    public void Without_any_place_it_is_said()
    {
        Assert.SkipUnless(CanMount(), "No mount namespace can be made here.");
        string mounts = "for d in \"$HOME\" /tmp /var/tmp /dev/shm; do mount -t tmpfs -o ro tmpfs $d; done; exec \"$@\"";
        using ScriptTalk talk = ScriptTalk.Start(NewHome(), InstallMode.Auto, null, ["far", "new"], before: ["unshare", "-m", "sh", "-c", mounts, "sh"]);
        Assert.EndsWith(" none", talk.WaitFor("ROAM NEED"), StringComparison.Ordinal);
        talk.Say("QUIT\n");
        Assert.Equal(1, talk.WaitForExit());
    }

    private static bool CanMount() => Programs.Run("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).ExitCode == 0;

    private static string NewHome() => Directory.CreateDirectory(Sandbox.NewFile("far")).FullName;

    private static void WriteProgram(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
