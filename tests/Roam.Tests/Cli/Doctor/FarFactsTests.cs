using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class FarFactsTests
{
    [Fact]
    public void A_fact_is_a_name_and_the_rest_of_the_line()
    {
        FarFacts facts = new();
        Assert.True(facts.TryTake("ROAM FACT system Linux x86_64"));
        Assert.True(facts.TryTake("ROAM FACT charmap"));
        Assert.False(facts.TryTake("a line of somebody's start file"));
        Assert.Equal(("Linux x86_64", "", ""), (facts["system"], facts["charmap"], facts["unknown"]));
    }

    [Fact]
    public void A_far_side_that_tells_facts_without_end_fills_no_memory()
    {
        FarFacts facts = new();
        for (int i = 0; i < 1000; i++)
        {
            facts.TryTake($"ROAM FACT name{i} value");
        }

        Assert.Equal(("value", ""), (facts["name0"], facts["name999"]));
    }

    /// <summary>Every login shell must read it alike: no single quote but those around the words, no backslash, exclamation mark or line end (fish, csh).</summary>
    [Fact]
    public void The_probes_command_survives_every_login_shell()
    {
        string command = FarProbe.Command(new PortRange(60001, 60010));
        Assert.DoesNotContain(command, c => c is '\\' or '!' or '\n' or '\r');
        Assert.True(ShellWords.TrySplit(command, out List<string> words));
        Assert.Equal(["exec", "/bin/sh", "-c"], words[..3]);
        Assert.Equal(["roam", FarScript.Text, "-p60001:60010"], words[4..]);
    }

    [Fact]
    public void What_ssh_tells_of_its_configuration_is_read_with_none_as_nothing()
    {
        SshSettings settings = new(["host target", "HostName 10.0.0.1", "port 22", "proxyjump none", "proxycommand nc -x proxy %h %p", "controlmaster auto", "port 23"]);
        Assert.Equal(("10.0.0.1", "22", "", "nc -x proxy %h %p", true), (settings.HostName, settings.Port, settings.ProxyJump, settings.ProxyCommand, settings.SharesConnections));
        Assert.False(SshSettings.None.IsKnown);
    }
}
