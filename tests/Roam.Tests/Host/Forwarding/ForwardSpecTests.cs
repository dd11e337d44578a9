using System.Text;
using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>ssh's forms of -L, -R and -D (ssh(1)).</summary>
public sealed class ForwardSpecTests
{
    [Theory]
    [InlineData(ForwardKind.Local, "8080:web:80", "tcp::8080", "tcp:web:80")]
    [InlineData(ForwardKind.Local, "127.0.0.1:8080:web:80", "tcp:127.0.0.1:8080", "tcp:web:80")]
    [InlineData(ForwardKind.Local, ":8080:web:80", "tcp:*:8080", "tcp:web:80")]
    [InlineData(ForwardKind.Local, "*:8080:web:80", "tcp:*:8080", "tcp:web:80")]
    [InlineData(ForwardKind.Local, "[::1]:8080:[2001:db8::2]:80", "tcp:[::1]:8080", "tcp:[2001:db8::2]:80")]
    [InlineData(ForwardKind.Local, "8080:/run/web.sock", "tcp::8080", "unix:/run/web.sock")]
    [InlineData(ForwardKind.Local, "localhost:8080:/run/web.sock", "tcp:localhost:8080", "unix:/run/web.sock")]
    [InlineData(ForwardKind.Local, "/tmp/a.sock:web:80", "unix:/tmp/a.sock", "tcp:web:80")]
    [InlineData(ForwardKind.Local, "/tmp/a.sock:/run/web.sock", "unix:/tmp/a.sock", "unix:/run/web.sock")]
    [InlineData(ForwardKind.Local, "/tmp/a\\:b:/run/web.sock", "unix:/tmp/a:b", "unix:/run/web.sock")]
    [InlineData(ForwardKind.Local, "0:web:80", "tcp::0", "tcp:web:80")]
    [InlineData(ForwardKind.Local, "udp:5353:dns:53", "udp::5353", "udp:dns:53")]
    [InlineData(ForwardKind.Local, "udp:[::1]:5353:[::1]:53", "udp:[::1]:5353", "udp:[::1]:53")]
    [InlineData(ForwardKind.Remote, "0:localhost:80", "tcp::0", "tcp:localhost:80")]
    [InlineData(ForwardKind.Remote, "/tmp/a.sock:localhost:80", "unix:/tmp/a.sock", "tcp:localhost:80")]
    [InlineData(ForwardKind.Remote, "1080", "tcp::1080", null)]
    [InlineData(ForwardKind.Remote, "*:1080", "tcp:*:1080", null)]
    [InlineData(ForwardKind.Dynamic, "1080", "tcp::1080", null)]
    [InlineData(ForwardKind.Dynamic, "[::1]:1080", "tcp:[::1]:1080", null)]
    [InlineData(ForwardKind.Dynamic, ":1080", "tcp:*:1080", null)]
    public void What_is_listened_at_and_what_is_connected_to_is_read_as_ssh_reads_it(ForwardKind kind, string text, string listen, string? target)
    {
        Assert.True(ForwardSpec.TryParse(kind, text, out ForwardSpec spec, out string error), error);
        Assert.Equal(listen, spec.Listen.ToWire());
        Assert.Equal(target, spec.Target?.ToWire());
        Assert.Equal(kind, spec.Kind);

        // Written again it means the same.
        Assert.True(ForwardSpec.TryParse(kind, spec.ToString(), out ForwardSpec again, out error), error);
        Assert.Equal(spec, again);
    }

    [Theory]
    [InlineData(ForwardKind.Local, "", "form")]
    [InlineData(ForwardKind.Local, "8080", "form")]
    [InlineData(ForwardKind.Local, "8080:web", "form")]
    [InlineData(ForwardKind.Local, "8080:web:80:x:y", "form")]
    [InlineData(ForwardKind.Local, "x:web:80", "\"x\" is no port")]
    [InlineData(ForwardKind.Local, "70000:web:80", "\"70000\" is no port")]
    [InlineData(ForwardKind.Local, "8080:web:0", "\"0\" is no port")]
    [InlineData(ForwardKind.Local, "8080:web:-1", "\"-1\" is no port")]
    [InlineData(ForwardKind.Local, "8080::80", "\"\" is no host")]
    [InlineData(ForwardKind.Local, "8080:a b:80", "\"a b\" is no host")]
    [InlineData(ForwardKind.Local, "[::1:8080:web:80", "form")]
    [InlineData(ForwardKind.Local, "[::1]x:8080:web:80", "form")]
    [InlineData(ForwardKind.Local, "udp:/tmp/a:/tmp/b", "form")]
    [InlineData(ForwardKind.Remote, "/tmp/a", "form")]
    [InlineData(ForwardKind.Dynamic, "8080:web:80", "form")]
    [InlineData(ForwardKind.Dynamic, "/tmp/a", "no port")]
    public void What_is_no_forward_is_refused_with_the_reason(ForwardKind kind, string text, string reason)
    {
        Assert.False(ForwardSpec.TryParse(kind, text, out _, out string error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tcp:")]
    [InlineData("tcp:80")]
    [InlineData("tcp:web:")]
    [InlineData("tcp:web:x")]
    [InlineData("tcp:web:65536")]
    [InlineData("tcp:web page:80")]
    [InlineData("sctp:web:80")]
    [InlineData("unix:")]
    [InlineData("unix:relative")]
    [InlineData("unix:/with\0zero")]
    public void A_target_that_no_client_of_ours_would_write_is_not_taken_from_the_wire(string text) => Assert.False(ForwardPlace.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void The_path_of_a_socket_that_does_not_fit_into_its_address_is_refused()
    {
        string path = "/" + new string('a', 107);
        Assert.False(ForwardSpec.TryParse(ForwardKind.Local, path + ":web:80", out _, out string error));
        Assert.Contains("too long", error, StringComparison.Ordinal);
        Assert.False(ForwardPlace.TryParse(Encoding.UTF8.GetBytes("unix:" + path), out _));
    }
}
