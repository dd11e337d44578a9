using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class DispatchTests
{
    [Theory]
    [InlineData("mosh", nameof(EntryPoint.Mosh), "a b", "a b")]
    [InlineData("/usr/bin/mosh-client", nameof(EntryPoint.MoshClient), "a b", "a b")]
    [InlineData("./mosh-server", nameof(EntryPoint.MoshServer), "new", "new")]
    [InlineData("mosh-server", nameof(EntryPoint.MoshServer), "--help", "--help")]
    [InlineData("-mosh", nameof(EntryPoint.Mosh), "h", "h")]
    [InlineData("roam", nameof(EntryPoint.Roam), "host", "host")]
    [InlineData("roam", nameof(EntryPoint.Roam), "", "")]
    [InlineData("roam", nameof(EntryPoint.Roam), "-- server", "-- server")]
    [InlineData("/x/roam", nameof(EntryPoint.Server), "server new -s", "new -s")]
    [InlineData("roam", nameof(EntryPoint.Relay), "relay --to h:1", "--to h:1")]
    [InlineData("roam-relay", nameof(EntryPoint.DetachedRelay), "__relay --to h:1", "")]
    [InlineData("roam-broker", nameof(EntryPoint.DetachedBroker), "__broker 60001", "")]
    [InlineData("roam", nameof(EntryPoint.MoshClient), "client 1 2", "1 2")]
    [InlineData("/home/u/.cache/roam/bin/roam-0.1.0-0123456789abcdef", nameof(EntryPoint.Far), "far new -c 256", "new -c 256")]
    [InlineData("roam", nameof(EntryPoint.Mosh), "mosh h", "h")]
    [InlineData("roam", nameof(EntryPoint.Roam), "server --help", "server --help")]
    [InlineData("roam", nameof(EntryPoint.Mosh), "mosh --help", "--help")]
    [InlineData("any-name", nameof(EntryPoint.Roam), "host", "host")]
    [InlineData("mosh-server", nameof(EntryPoint.DetachedServer), "__serve", "")]
    public void The_name_or_the_first_word_chooses(string program, string expected, string line, string rest)
    {
        EntryPoint chosen = Dispatch.Of(program, line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out string[] remaining);
        Assert.Equal(expected, chosen.ToString());
        Assert.Equal(rest, string.Join(' ', remaining));
    }
}
