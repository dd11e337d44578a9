using System.Text.RegularExpressions;

namespace Roam.Tests.EndToEnd;

/// <summary>An administrator opens one UDP port, and all sessions of a user come through it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed partial class SharedPortNetTests
{
    private const string BrokerName = "roam-broker";
    private const string SharedPort = "60555";

    /// <summary>All UDP but the one port is dropped, and without ssh only UDP is left.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sessions_of_one_user_share_the_only_open_port(bool isAskedFor)
    {
        using NetWorld world = NetWorld.Direct(out NetHost target, h => h.InstallRoam());
        target.Nft("add table inet test", "add chain inet test in { type filter hook input priority 0; }", $"add rule inet test in udp dport != {SharedPort} drop");
        if (!isAskedFor)
        {
            target.WriteHome(".bashrc", $"export ROAM_SERVER_PORT={SharedPort}\n");
        }

        string[] words = isAskedFor ? ["--transport=udp", "--shared-port", SharedPort, target.Name] : ["--transport=udp", target.Name];
        using Login first = Login.Open(world, target, words);
        using Login second = Login.Open(world, target, words);
        first.Work();
        second.Work();
        int broker = Assert.Single(target.ProcessesNamed(BrokerName));
        Processes.Signal(broker, Processes.SIGKILL);
        first.Work();
        second.Work();
        first.AssertNothingLost();
        first.Leave();
        second.Work();
        second.Leave();
        NetWorld.WaitFor("the broker's end", () => target.ProcessesNamed(BrokerName).Length == 0);
    }

    [Fact]
    public void A_person_is_told_how_to_join()
    {
        using NetWorld world = NetWorld.Direct(out NetHost target);
        (int code, string output, string error) = target.Run(Programs.Roam, "server", "new", "--port", SharedPort, "--", "sleep", "60");
        Assert.True(code == 0, error);
        Match announced = Announcement().Match(output);
        Assert.True(announced.Success, output);
        Assert.Contains($"ROAM_PLACES='ADDRESS;{SharedPort};{announced.Groups[1].Value}'", error, StringComparison.Ordinal);

        // By mosh-server's name nothing is shared that was not asked for: its clients know no ids.
        (code, output, _) = target.Run("env", $"ROAM_SERVER_PORT={SharedPort}", Programs.Link("mosh-server"), "new", "--", "sleep", "60");
        Assert.Equal(0, code);
        Assert.DoesNotContain("ROAM VIA", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^ROAM VIA ([0-9a-f]{32})\nMOSH CONNECT 60555 \S{22}\n$")]
    private static partial Regex Announcement();
}
