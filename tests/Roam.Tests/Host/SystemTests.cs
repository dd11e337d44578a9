using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class SystemTests
{
    [Fact]
    public void The_clock_does_not_go_back()
    {
        Instant last = SystemClock.Now;
        for (int i = 0; i < 10_000; i++)
        {
            Instant now = SystemClock.Now;
            Assert.True(now >= last);
            last = now;
        }
    }

    [Fact]
    public void Random_bytes_fill_the_whole_span_and_differ()
    {
        byte[] a = new byte[1000];
        byte[] b = new byte[1000];
        SystemRandom random = new();
        random.Fill(a);
        random.Fill(b);
        random.Fill([]);
        Assert.NotEqual(a, b);
        Assert.Contains(a.AsSpan(900).ToArray(), value => value != 0);
    }

    [Fact]
    public void A_secret_is_wiped_where_it_stood_and_gone_from_what_children_inherit()
    {
        ProcessEnvironment.Set("ROAM_TEST_SECRET", "abc123");
        Assert.Contains("ROAM_TEST_SECRET=abc123", ProcessEnvironment.WithPrefix("ROAM_TEST_"));
        Assert.Equal("abc123", ProcessEnvironment.TakeSecret("ROAM_TEST_SECRET"));
        Assert.Null(ProcessEnvironment.Get("ROAM_TEST_SECRET"));
        Assert.Empty(ProcessEnvironment.WithPrefix("ROAM_TEST_SECRET"));
        Assert.Null(ProcessEnvironment.TakeSecret("ROAM_TEST_SECRET"));
    }

    [Fact]
    public void A_changed_variable_keeps_its_place_and_a_prefix_of_a_name_is_another_name()
    {
        List<byte[]> entries = ["A=1"u8.ToArray(), "AB=2"u8.ToArray()];
        ProcessEnvironment.Replace(entries, "A"u8, "A=3"u8.ToArray());
        ProcessEnvironment.Replace(entries, "C"u8, "C=4"u8.ToArray());
        ProcessEnvironment.Replace(entries, "AB"u8, null);
        Assert.Equal(["A=3", "C=4"], entries.Select(Encoding.ASCII.GetString));
    }

    [Theory]
    [InlineData("root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000:Ann,,,:/home/ann:/bin/zsh\n", 1000u, "ann", "/home/ann", "/bin/zsh")]
    [InlineData("bad line\n:\nann:x:1000:1000::/home/ann:", 1000u, "ann", "/home/ann", "")]
    public void A_user_is_found_in_the_password_file(string file, uint uid, string name, string home, string shell)
    {
        Assert.Equal(new Passwd(name, home, shell), Passwd.Find(Encoding.UTF8.GetBytes(file), uid));
        Assert.Null(Passwd.Find(Encoding.UTF8.GetBytes(file), 77));
    }

    [Fact]
    public void Lines_with_too_many_or_too_few_fields_name_nobody()
    {
        Assert.Null(Passwd.Find("a:x:1:1:c:/h:/s:more\nb:x:1:1:c:/h\nc:x:-1:1:c:/h:/s\n"u8, 1));
    }

    [Theory]
    [InlineData("mosh [4711]", 4711)]
    [InlineData("192.0.2.1 via mosh [4711]", 0)]
    [InlineData("mosh [x]", 0)]
    [InlineData("", 0)]
    public void Only_a_session_that_nobody_uses_counts_as_detached(string host, int pid)
    {
        Assert.Equal(pid, Greeting.DetachedPidOf(host));
    }

    [Fact]
    public void Many_detached_sessions_are_counted_and_some_of_them_listed()
    {
        StringBuilder text = new();
        Greeting.AppendDetachedSessions(text, []);
        Assert.Equal("", text.ToString());
        Greeting.AppendDetachedSessions(text, [.. Enumerable.Range(1, 50)]);
        Assert.Contains("50 detached", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("19, 20, ...", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData(".")]
    [InlineData("no-such-terminal-at-all")]
    public void A_terminal_name_that_is_none_has_no_description(string term)
    {
        Assert.Null(TerminalDescription.TryLoad(term));
    }

    [Fact]
    public void The_description_of_xterm_is_found()
    {
        byte[]? entry = TerminalDescription.TryLoad("xterm");
        Assert.NotNull(entry);
        Assert.True(entry[0] is 0x1A or 0x1E && entry[1] is 0x01 or 0x02);
    }

    [Fact]
    public void Names_and_numbers_resolve_by_family()
    {
        Assert.True(NameResolver.TryResolve("127.0.0.1", FamilyPreference.Auto, out string[] v4, out _));
        Assert.Equal(["127.0.0.1"], v4);
        Assert.False(NameResolver.TryResolve("127.0.0.1", FamilyPreference.Inet6Only, out _, out string error));
        Assert.NotEqual("", error);
        Assert.False(NameResolver.TryResolve("no.such.host.invalid", FamilyPreference.All, out _, out error));
        Assert.NotEqual("", error);
    }
}
