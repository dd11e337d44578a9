namespace Roam.Tests.EndToEnd;

/// <summary>The native client and server with UDP that does not get through, and a real ssh that carries the session.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class CarrierTests
{
    private const string Notice = "UDP does not get through; going on through ssh.";

    [Fact]
    public void With_udp_blocked_from_the_start_the_session_goes_through_ssh_and_says_so()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true);
        session.WaitForPrompt();
        Assert.Contains(Notice, session.Window.Heard, StringComparison.Ordinal);
        session.Run("echo $((6*7))", "42");
        session.Run("seq 1 2000 | tail -n 1; echo $((41+2))", "43");
        Assert.Single(session.Carriers);
        session.Window.Type("exit\r");
        Assert.Equal(0, session.Window.WaitForExit());
    }

    [Fact]
    public void Udp_that_begins_to_work_is_used_and_ssh_ends()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true);
        session.WaitForPrompt();
        int ssh = Assert.Single(session.Carriers);
        session.Gate.IsBlocked = false;
        Processes.WaitForEnd(ssh, "ssh");
        session.Run("echo $((6*7))", "42");
        Assert.Empty(session.Carriers);
    }

    [Fact]
    public void Udp_that_stops_in_mid_session_is_replaced_and_nothing_typed_is_lost()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: false);
        session.WaitForPrompt();
        session.Run("echo $((6*7))", "42");
        Assert.Empty(session.Carriers);
        session.Gate.IsBlocked = true;
        session.Run("echo $((6*8))", "48");
        Assert.Single(session.Carriers);
        Assert.Contains(Notice, session.Window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ssh_that_is_killed_is_started_again_and_the_session_goes_on()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true);
        session.WaitForPrompt();
        int ssh = Assert.Single(session.Carriers);
        Processes.Signal(ssh, Processes.SIGKILL);
        session.Run("echo $((6*7))", "42");
        Assert.NotEqual(ssh, Assert.Single(session.Carriers));
    }

    [Fact]
    public void A_write_to_an_ssh_that_just_ended_does_not_end_the_client()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true);
        session.WaitForPrompt();
        Processes.Signal(session.Window.Pid, Processes.SIGPIPE);
        session.Run("echo $((6*7))", "42");
    }

    [Fact]
    public void An_ssh_that_hangs_is_found_dead_and_replaced()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true);
        session.WaitForPrompt();
        int ssh = Assert.Single(session.Carriers);
        Processes.Signal(ssh, Processes.SIGSTOP);
        session.Run("echo $((6*7))", "42");
        Processes.Signal(ssh, Processes.SIGKILL);
        session.Run("echo $((6*8))", "48");
    }

    [Fact]
    public void With_ssh_as_the_only_transport_no_datagram_goes_by_udp()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: false, transport: "ssh");
        session.WaitForPrompt();
        session.Run("echo $((6*7))", "42");
        Assert.Equal(0, session.Gate.Arrived);
        Assert.DoesNotContain(Notice, session.Window.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void With_udp_as_the_only_transport_no_ssh_is_started_and_the_message_names_udp()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true, transport: "udp");
        session.Window.WaitForText("Nothing received from server on UDP port");
        Assert.Equal(1, session.Window.WaitForExit());
        Assert.Contains("did not connect: nothing came from 127.0.0.1 on UDP port", session.Window.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ssh", session.Window.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh", "through ssh")]
    [InlineData("auto", "and nothing through ssh")]
    public void When_ssh_would_have_to_ask_the_message_says_so(string transport, string expected)
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true, transport, "sh -c 'echo \"Permission denied (publickey,password).\" >&2; exit 255'");
        session.Window.WaitForText("ssh asks for a password or confirmation: Permission denied (publickey,password).");
        Assert.Equal(1, session.Window.WaitForExit());
        Assert.Contains(expected, session.Window.Text, StringComparison.Ordinal);
        Assert.Contains("By ssh: ssh asks for a password or confirmation: Permission denied", session.Window.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_variables_that_say_how_to_reach_the_session_are_hidden()
    {
        using CarriedSession session = CarriedSession.Start(isBlocked: true);
        session.WaitForPrompt();
        string environment = Processes.EnvironmentOf(session.Window.Pid);
        Assert.DoesNotContain("ssh", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("carry", environment, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_is_gone_cannot_be_carried()
    {
        (int code, string output, string error) = Programs.Run(Programs.Roam, ["carry", "1"]);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("ROAM CARRY", output, StringComparison.Ordinal);
        Assert.Contains("roam carry: no session 1 is running here", error, StringComparison.Ordinal);
    }
}
