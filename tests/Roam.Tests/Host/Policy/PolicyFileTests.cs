using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class PolicyFileTests
{
    [Theory]
    [InlineData("forbid listen", "listen", "tcp::8080", false)]
    [InlineData("forbid listen", "connect", "tcp:h:8080", true)]
    [InlineData("forbid remote-forward", "listen", "unix:/tmp/x", false)]
    [InlineData("forbid local-forward", "connect", "tcp:h:80", false)]
    [InlineData("forbid local-forward", "udp", "udp:h:53", false)]
    [InlineData("forbid forwarding", "agent", "", false)]
    [InlineData("forbid forwarding", "files", "", true)]
    [InlineData("forbid everything", "commands", "", false)]
    [InlineData("forbid connect,agent", "agent", "", false)]
    [InlineData("forbid connect *:25", "connect", "tcp:mail.example:25", false)]
    [InlineData("forbid connect *:25", "connect", "tcp:mail.example:26", true)]
    [InlineData("forbid connect 25", "connect", "tcp:mail.example:25", false)]
    [InlineData("forbid connect *.example:*", "connect", "tcp:MAIL.Example.:25", false)]
    [InlineData("forbid connect *.example:*", "connect", "tcp:mail.example.org:25", true)]
    [InlineData("permit connect db:5432", "connect", "tcp:db:5432", true)]
    [InlineData("permit connect db:5432", "connect", "tcp:db:5433", false)]
    [InlineData("permit connect db:5432", "connect", "unix:/run/db", false)]
    [InlineData("permit connect db:5432", "listen", "tcp::8080", true)]
    [InlineData("permit connect db:5432\npermit connect web:80-89", "connect", "tcp:web:85", true)]
    [InlineData("permit connect db:5432 unix:/run/db/*", "connect", "unix:/run/db/s.5432", true)]
    [InlineData("permit connect unix:/run/db/*", "connect", "unix:/run/db/../other", false)]
    [InlineData("forbid connect unix:/run/db", "connect", "unix:/run//x/../db", false)]
    [InlineData("permit connect *:*\nforbid connect db:*", "connect", "tcp:db:1", false)]
    [InlineData("permit connect [2001:db8::1]:80", "connect", "tcp:[2001:DB8:0::1]:80", true)]
    [InlineData("permit connect [2001:db8::1]:80", "connect", "tcp:[2001:db8::2]:80", false)]
    [InlineData("permit listen localhost:*", "listen", "tcp::0", true)]
    [InlineData("permit listen localhost:*", "listen", "tcp:127.0.0.1:9000", true)]
    [InlineData("permit listen localhost:*", "listen", "tcp:*:9000", false)]
    [InlineData("permit listen 9000-9009", "listen", "tcp::0", false)]
    [InlineData("# permit connect db:5432\n\n \t\n", "connect", "tcp:x:1", true)]
    public void Rules_decide(string text, string subject, string target, bool isAllowed)
    {
        PolicyFile file = PolicyFile.Parse("policy.conf", text);
        Assert.Null(file.Complaint);
        Assert.Equal(isAllowed, file.Allows(PolicyRule.SubjectsOf(subject, out _), target, out string who));
        Assert.Equal(isAllowed, who.Length == 0);
    }

    [Fact]
    public void A_refusal_names_the_line()
    {
        PolicyFile file = PolicyFile.Parse("/etc/roam/policy.conf", "# ours\nforbid agent\npermit connect db:5432\n");
        Assert.False(file.Allows(PolicySubject.Agent, "", out string who));
        Assert.Equal("forbidden by /etc/roam/policy.conf, line 2", who);
        Assert.False(file.Allows(PolicySubject.Connect, "tcp:x:1", out who));
        Assert.Equal("not among what /etc/roam/policy.conf, line 3, permits", who);
    }

    [Theory]
    [InlineData("forbid konnect", "everything")]
    [InlineData("deny agent", "agent")]
    [InlineData("forbid", "everything")]
    [InlineData("permit connect", "connect")]
    [InlineData("permit connect db:70000", "connect")]
    [InlineData("forbid connect db:90-80", "connect")]
    [InlineData("forbid connect 2001:db8::1:80", "connect")]
    [InlineData("permit connect unix:relative", "connect")]
    [InlineData("forbid agent localhost:1", "agent")]
    [InlineData("<html>", "everything")]
    public void A_line_that_is_not_understood_forbids_what_it_could_mean(string line, string forbidden)
    {
        PolicyFile file = PolicyFile.Parse("policy.conf", line);
        Assert.Equal("policy.conf, line 1, is not understood: it forbids all that it could mean", file.Complaint);
        foreach (PolicySubject subject in (PolicySubject[])[PolicySubject.Connect, PolicySubject.Listen, PolicySubject.Agent, PolicySubject.Udp, PolicySubject.Files, PolicySubject.Commands])
        {
            bool isForbidden = (subject & PolicyRule.SubjectsOf(forbidden, out _)) != 0;
            Assert.Equal(!isForbidden, file.Allows(subject, "tcp:db:80", out string who));
            Assert.Equal(isForbidden ? "forbidden: policy.conf, line 1, is not understood" : "", who);
        }
    }

    [Fact]
    public void A_missing_file_is_no_rule_and_one_that_cannot_be_read_forbids_everything()
    {
        string folder = Directory.CreateTempSubdirectory("roam-policy-").FullName;
        try
        {
            Assert.Null(PolicyFile.TryLoad(folder + "/none"));
            Assert.Null(PolicyFile.TryLoad(folder + "/none/none"));
            PolicyFile? file = PolicyFile.TryLoad(folder);
            Assert.NotNull(file);
            Assert.False(file.Allows(PolicySubject.Files, "", out string who));
            Assert.Equal($"forbidden: {folder} cannot be read", who);
            File.WriteAllBytes(folder + "/long", new byte[PolicyFile.BytesMax + 1]);
            Assert.False(PolicyFile.TryLoad(folder + "/long")!.Allows(PolicySubject.Agent, "", out _));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_administrators_file_always_counts_and_the_rest_only_takes_away()
    {
        string folder = Directory.CreateTempSubdirectory("roam-policy-").FullName;
        try
        {
            File.WriteAllText(folder + "/ours", "forbid agent\n");
            File.WriteAllText(folder + "/more", "permit connect db:5432\n");
            ServerPolicy policy = ServerPolicy.Load("listen,udp", folder + "/ours", folder + "/more");
            string host = File.ReadAllText("/proc/sys/kernel/hostname").Trim();
            Assert.False(policy.Allows(StreamKind.Agent, "", out string who));
            Assert.Equal($"forbidden by {folder}/ours, line 1, on {host}", who);
            Assert.False(policy.Allows(StreamKind.Connect, "tcp:web:80", out who));
            Assert.Equal($"not among what {folder}/more, line 1, permits, on {host}", who);
            Assert.True(policy.Allows(StreamKind.Connect, "tcp:db:5432", out who));
            Assert.False(policy.Allows(StreamKind.Listen, "tcp::0", out who));
            Assert.Equal($"forbidden by the server's --forbid on {host}", who);
            Assert.True(ServerPolicy.Load("", folder + "/none", null).Allows(StreamKind.Connect, "tcp:web:80", out _));
            Assert.False(ServerPolicy.Load("", folder + "/none", folder + "/none").Allows(StreamKind.Connect, "tcp:web:80", out _));
            Assert.False(ServerPolicy.Load("konnect", folder + "/none", null).Allows(StreamKind.Agent, "", out _));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
