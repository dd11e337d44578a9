using Roam.Session;
using Roam.Transport;

namespace Roam.Tests.Session;

/// <summary>How the program ended, on its way to the client.</summary>
public sealed class ExitStatusTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 0, 3)]
    [InlineData(0, 15, 143)]
    public void The_last_state_says_how_the_program_ended(int code, int signal, int exitCode)
    {
        using SessionPair pair = Ended(new SessionPair(), signal != 0 ? ProgramEnd.Killed(signal) : ProgramEnd.Exited(code));
        Assert.True(pair.Client.CleanShutdown);
        Assert.True(pair.Client.ProgramEnd.IsKnown);
        Assert.Equal(exitCode, pair.Client.ProgramEnd.ExitCode);
    }

    [Fact]
    public void What_the_program_wrote_last_comes_with_it()
    {
        using SessionPair pair = Started();
        pair.Server.HandleOutput(pair.Now, "bye"u8);
        Ended(pair, ProgramEnd.Exited(1));
        Assert.Equal('b', pair.Client.LastPicture!.CellsAt(0)[0].Content);
        Assert.Equal(1, pair.Client.ProgramEnd.ExitCode);
    }

    [Fact]
    public void A_client_that_asked_for_the_end_is_told_none()
    {
        using SessionPair pair = Started();
        pair.Client.Shutdown(pair.Now);
        pair.RunForMillis(1000);
        Assert.True(pair.Client.CleanShutdown);
        Assert.False(pair.Client.ProgramEnd.IsKnown);
        Assert.Equal(0, pair.Client.ProgramEnd.ExitCode);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Between_peers_of_which_one_is_stock_nothing_is_said(bool clientAnnounces, bool serverAnnounces)
    {
        using SessionPair pair = Ended(new SessionPair(clientAnnounces: clientAnnounces, serverAnnounces: serverAnnounces), ProgramEnd.Exited(3));
        Assert.True(pair.Client.CleanShutdown);
        Assert.False(pair.Client.ProgramEnd.IsKnown);
    }

    [Fact]
    public void It_stands_before_the_escape_sequences_in_a_diff()
    {
        TerminalWorkspace workspace = new();
        TerminalState from = workspace.NewState(80, 24);
        from.Welcome = Announcement.Own;
        TerminalState to = from.Snapshot();
        to.End = ProgramEnd.Killed(9);
        GrowingBuffer diff = new();
        to.WriteDiff(from, diff);
        Assert.Equal("0A07CA060408001009", Convert.ToHexString(diff.Written));
        Assert.False(to.ContentEquals(from));
        TerminalState remote = from.Snapshot();
        Assert.Equal(ApplyResult.Applied, remote.Apply(diff.Written));
        Assert.True(remote.ContentEquals(to));
        Assert.Equal(ProgramEnd.Killed(9), remote.End);
        remote.Release();
        Assert.Equal(ProgramEnd.Unknown, workspace.Rent(from.Screen.Snapshot()).End);
    }

    [Fact]
    public void Numbers_that_no_system_gives_are_cut_as_wait_would_cut_them()
    {
        TerminalState state = new TerminalWorkspace().NewState(80, 24);
        Assert.Equal(ApplyResult.Applied, state.Apply(Convert.FromHexString("0A06CA06030883" + "02")));
        Assert.Equal(ProgramEnd.Exited(3), state.End);
        Assert.Equal(ApplyResult.Malformed, state.Apply(Convert.FromHexString("0A04CA060108")));
        Assert.Equal(ProgramEnd.Exited(3), state.End);
    }

    private static SessionPair Started()
    {
        SessionPair pair = new();
        pair.RunForMillis(500);
        return pair;
    }

    private static SessionPair Ended(SessionPair pair, ProgramEnd end)
    {
        pair.RunForMillis(500);
        pair.Server.SetEnd(end);
        pair.Server.Shutdown(pair.Now);
        pair.RunForMillis(1000);
        return pair;
    }
}
