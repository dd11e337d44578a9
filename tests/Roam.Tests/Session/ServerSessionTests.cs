using System.Text;
using Roam.Session;

namespace Roam.Tests.Session;

public sealed class ServerSessionTests
{
    [Fact]
    public void The_program_starts_with_the_first_datagram_in_the_size_of_the_clients_window()
    {
        using SessionPair pair = new(width: 132, height: 50);
        Assert.False(pair.Server.HasInput);
        pair.Pump();
        ServerEvent start = Assert.Single(pair.ServerEvents, e => e.Kind == ServerEventKind.StartProgram);
        Assert.Equal((132, 50), (start.Width, start.Height));
        Assert.DoesNotContain(pair.ServerEvents, e => e.Kind == ServerEventKind.Resize);
        Assert.Equal(ServerEventKind.ClientConnected, pair.ServerEvents[0].Kind);
    }

    [Fact]
    public void Keys_typed_before_the_program_runs_wait_for_it()
    {
        using SessionPair pair = new() { IsProgramBusy = true, Echoes = false };
        pair.Type("early"u8);
        pair.RunForMillis(200);
        Assert.True(pair.Server.HasInput);
        pair.IsProgramBusy = false;
        pair.RunForMillis(1);
        Assert.Equal("early", Encoding.ASCII.GetString([.. pair.ProgramInput]));
    }

    [Fact]
    public void Cursor_keys_reach_the_program_in_the_form_it_asked_for()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(100);
        pair.Type("\eOA"u8);
        pair.RunForMillis(100);
        pair.Output("\e[?1h"u8);
        pair.Type("\eOB"u8);
        pair.RunForMillis(100);
        Assert.Equal("\e[A\eOB", Encoding.ASCII.GetString([.. pair.ProgramInput]));
    }

    [Fact]
    public void Answers_to_the_programs_questions_come_at_once_and_without_the_client()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(100);
        pair.IsServerCut = true;
        pair.Output("\e[3;7H\e[6n"u8);
        Assert.Equal("\e[3;7R", Encoding.ASCII.GetString([.. pair.ProgramInput]));
    }

    [Theory]
    [InlineData(false, "\e[0n")]
    [InlineData(true, "\eP5!~FF9F\e\\\e[0n")]
    public void What_is_on_the_screen_is_told_to_programs_only_if_the_server_was_started_so(bool allowed, string answers)
    {
        using SessionPair pair = new(allowScreenReports: allowed) { Echoes = false };
        pair.RunForMillis(100);
        pair.Output("a\e[5;1;1;1;1;1*y\e[5n"u8);
        Assert.Equal(answers, Encoding.ASCII.GetString([.. pair.ProgramInput]));
    }

    [Fact]
    public void Answers_and_keys_come_in_pieces_as_small_as_the_host_wants()
    {
        using SessionPair pair = new() { IsProgramBusy = true };
        pair.RunForMillis(100);
        pair.Type("keys and \eOA more"u8);
        pair.Output("\e[6n"u8);
        pair.RunForMillis(100);
        StringBuilder all = new();
        Span<byte> small = stackalloc byte[3];
        while (pair.Server.HasInput)
        {
            all.Append(Encoding.ASCII.GetString(small[..pair.Server.PollInput(pair.Now, small)]));
        }

        Assert.Equal("\e[1;1Rkeys and \e[A more", all.ToString());
    }

    [Fact]
    public void The_echo_is_acknowledged_fifty_milliseconds_after_the_program_got_the_key()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(500);
        pair.IsProgramBusy = true;
        pair.Type("x"u8);
        pair.RunForMillis(300);
        ulong before = pair.Server.LocalState.EchoAck;
        pair.IsProgramBusy = false;
        pair.RunForMillis(49);
        Assert.Equal(before, pair.Server.LocalState.EchoAck);
        pair.RunForMillis(3);
        Assert.Equal(pair.Server.Connection.RemoteNumber, pair.Server.LocalState.EchoAck);
    }

    [Fact]
    public void A_frame_in_the_making_is_not_sent_until_it_is_complete()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(500);
        pair.Output("\e[?2026h\e[1;1Hhalf"u8);
        pair.RunForMillis(120);
        Assert.True(pair.Client.Connection.Remote.Screen.CellsAt(0)[0].IsBlank);
        pair.Output(" whole\e[?2026l"u8);
        pair.RunForMillis(40);
        Assert.Equal('w', pair.Client.Connection.Remote.Screen.CellsAt(0)[5].Content);
    }

    [Fact]
    public void A_frame_that_never_ends_is_sent_after_150_ms()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(500);
        pair.Output("\e[?2026h\e[1;1Hhalf"u8);
        pair.RunForMillis(ServerSession.SynchronizedHoldMillis + 40);
        Assert.Equal('h', pair.Client.Connection.Remote.Screen.CellsAt(0)[0].Content);
    }

    [Fact]
    public void A_silent_client_is_forgotten_after_forty_seconds_and_welcomed_again()
    {
        using SessionPair pair = new();
        pair.RunForMillis(500);
        pair.IsServerCut = true;
        pair.RunForMillis(41_000);
        Assert.Contains(pair.ServerEvents, e => e.Kind == ServerEventKind.ClientSilent);
        Assert.True(pair.Server.Client.IsNone);
        pair.ServerEvents.Clear();
        pair.IsServerCut = false;
        pair.RunForMillis(4000);
        Assert.Contains(pair.ServerEvents, e => e.Kind == ServerEventKind.ClientConnected);
        Assert.False(pair.Server.Client.IsNone);
    }

    [Fact]
    public void What_the_program_wrote_last_arrives_before_the_end()
    {
        using SessionPair pair = new() { Echoes = false };
        pair.RunForMillis(500);
        pair.Server.HandleOutput(pair.Now, "\e[1;1Hbye"u8);
        pair.Server.Shutdown(pair.Now);
        pair.RunForMillis(1000);
        Assert.True(pair.Server.IsFinished);
        Assert.True(pair.Client.CleanShutdown);
        Assert.Equal('b', pair.Client.Connection.Remote.Screen.CellsAt(0)[0].Content);
        Assert.Contains(pair.ServerEvents, e => e.Kind == ServerEventKind.Finished);
    }
}
