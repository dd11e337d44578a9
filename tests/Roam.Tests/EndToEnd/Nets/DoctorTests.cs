using System.Text.Json;
using Roam.Cli;

namespace Roam.Tests.EndToEnd;

/// <summary>`roam doctor` against hosts that lack one thing each.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class DoctorTests
{
    private const int Columns = 80;

    [Fact]
    public void A_host_in_order_gets_no_warning()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        JsonElement report = Examine(world, 0, "target");
        Assert.True(report.GetProperty("passed").GetBoolean());
        Assert.Equal("target", report.GetProperty("host").GetString());
        Assert.Empty(Checks(report).Where(c => State(c) is "warning" or "failed").Select(c => c.GetRawText()));
        Assert.Equal(DoctorCommand.Names, Checks(report).Select(NameOf).Distinct());
        JsonElement[] places = Named(report, "udp");
        Assert.Equal(target.Addresses.Order(), places.Select(p => p.GetProperty("subject").GetString()).Order());
        foreach (JsonElement facts in places.Select(p => p.GetProperty("facts")))
        {
            Assert.True(facts.GetProperty("answers").GetBoolean());
            Assert.Equal(facts.GetProperty("ipv6").GetBoolean() ? 1452 : 1472, facts.GetProperty("bytesMax").GetInt32());
            Assert.Contains(world.Client.Addresses, a => facts.GetProperty("seenAs").GetString()!.StartsWith(a + " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Dropped_datagrams_are_told_with_the_way_that_is_left()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        target.BlockUdp();
        JsonElement report = Examine(world, 0, "target");
        Assert.All(Named(report, "udp"), c => Assert.Equal("warning", State(c)));
        Assert.All(Named(report, "udp"), c => Assert.Contains("through ssh", c.GetProperty("advice").GetString(), StringComparison.Ordinal));
        Assert.Equal("ok", State(Assert.Single(Named(report, "ssh-rtt"))));
    }

    [Fact]
    public void A_narrow_tunnel_on_the_way_shows_in_the_size_of_datagrams()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        target.Ip($"-4 address flush dev {world.Client.Cable}");
        world.Client.Know(target, target.Addresses.Where(a => a.Contains(':', StringComparison.Ordinal)));
        target.Ip($"link set {world.Client.Cable} mtu 1280");
        JsonElement place = Assert.Single(Named(Examine(world, 0, "target"), "udp"));
        Assert.Equal(1280 - 48, place.GetProperty("facts").GetProperty("bytesMax").GetInt32());
    }

    [Fact]
    public void A_host_without_a_server_is_no_failure()
    {
        using NetWorld world = NetWorld.Direct(out _, h => h.HideMosh());
        JsonElement report = Examine(world, 0, "target");
        Assert.Equal("warning", State(Assert.Single(Named(report, "roam"))));
        Assert.Equal("skipped", State(Assert.Single(Named(report, "udp"))));
    }

    [Fact]
    public void A_read_only_home_folder_and_a_program_of_the_same_name_are_told()
    {
        using NetWorld world = NetWorld.Direct(out _, h =>
        {
            h.WriteHome(".local/bin/roam", "#!/bin/sh\necho another roam\n", isProgram: true);
            h.Mount($"mount --bind {h.Home} {h.Home}; mount -o remount,bind,ro {h.Home}");
        });
        JsonElement report = Examine(world, 0, "target");
        Assert.Equal("warning", State(Assert.Single(Named(report, "home"))));
        JsonElement roam = Assert.Single(Named(report, "roam"));
        Assert.EndsWith(".local/bin/roam", roam.GetProperty("facts").GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.False(roam.GetProperty("facts").GetProperty("usable").GetBoolean());
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("fish")]
    [InlineData("tcsh")]
    public void Start_files_that_talk_are_told_whatever_the_shell(string shell)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}"), $"{shell} is not installed.");
        using NetWorld world = NetWorld.Direct(out _, h =>
        {
            h.InstallRoam();
            h.UseShell($"/usr/bin/{shell}");
            h.WriteHome(".bashrc", "echo hello from here\n");
            h.WriteHome(".cshrc", "echo hello from here\n");
            h.WriteHome(".config/fish/config.fish", "echo hello from here\n");
        });
        JsonElement report = Examine(world, 0, "target");
        Assert.Contains("hello from here", Assert.Single(Named(report, "start-files")).GetProperty("finding").GetString(), StringComparison.Ordinal);
        Assert.All(Named(report, "udp"), c => Assert.Equal("ok", State(c)));
    }

    [Fact]
    public void A_host_that_does_not_let_us_in_is_a_failure_with_advice()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target);
        world.Client.WriteSshConfig("Host target\n  PubkeyAuthentication no\n");
        JsonElement report = Examine(world, 1, "target");
        JsonElement login = Assert.Single(Named(report, "login"));
        Assert.Equal("failed", State(login));
        Assert.Contains("Permission denied", login.GetProperty("finding").GetString(), StringComparison.Ordinal);
        Assert.Contains("ssh-add", login.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.Equal("skipped", State(Assert.Single(Named(report, "udp"))));
    }

    [Fact]
    public void A_host_behind_a_bastion_is_looked_at_through_it()
    {
        using NetWorld world = NetWorld.Chain(1, out _, h => h.InstallRoam());
        JsonElement report = Examine(world, 0, "target");
        Assert.Equal("bastion1", Assert.Single(Named(report, "ssh-config")).GetProperty("facts").GetProperty("proxyJump").GetString());
        Assert.All(Named(report, "udp"), c => Assert.Equal("warning", State(c)));
    }

    [Fact]
    public void The_text_fits_80_columns_and_has_no_colours_when_it_goes_into_a_file()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target);
        target.BlockUdp();
        (int code, string output, _) = world.Client.Run(Programs.Roam, "doctor", "target");
        Assert.Equal(0, code);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain(output.Split('\n'), l => l.Length > Columns && l.TrimStart().Contains(' ', StringComparison.Ordinal));
        Assert.Matches(@"\d+ ok, \d+ warnings?, 0 failed, \d+ skipped\n$", output);
    }

    [Fact]
    public void On_a_terminal_the_terminals_own_answers_are_told()
    {
        using TerminalWindow window = TerminalWindow.Open([Programs.Roam, "doctor"], 80, 24, ("LC_ALL", "C"), ("NO_COLOR", "1"));
        Assert.Equal(0, window.WaitForExit());
        string text = window.Text;
        Assert.Contains("ok       answers", text, StringComparison.Ordinal);
        Assert.Contains("warning  locale", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[3", window.Heard, StringComparison.Ordinal);
    }

    private static JsonElement Examine(NetWorld world, int code, params string[] words)
    {
        (int ended, string output, string error) = world.Client.Run([Programs.Roam, "doctor", "--json", .. words]);
        Assert.True(ended == code, $"code {ended}\n{output}\n{error}");
        Assert.Equal("", error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static JsonElement[] Checks(JsonElement report) => [.. report.GetProperty("checks").EnumerateArray()];

    private static JsonElement[] Named(JsonElement report, string name) => [.. Checks(report).Where(c => NameOf(c) == name)];

    private static string NameOf(JsonElement check) => check.GetProperty("name").GetString()!;

    private static string State(JsonElement check) => check.GetProperty("state").GetString()!;
}
