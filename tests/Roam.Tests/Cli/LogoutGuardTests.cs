using Roam.Cli;

namespace Roam.Tests.Cli;

/// <summary>What systemd-logind may do to a session at logout, with stand-ins for its programs.</summary>
public sealed class LogoutGuardTests
{
    private const string KillsAll = "b true\nas 1 \"root\"\nas 0\n";

    [Theory]
    [InlineData("b false\nas 1 \"root\"\nas 0\n")]
    [InlineData("b true\nas 2 \"root\" \"alice\"\nas 0\n")]
    [InlineData("b true\nas 0\nas 1 \"bob\"\n")]
    [InlineData("")]
    public void Who_is_spared_needs_nothing(string properties)
    {
        Assert.Null(Guard(properties, canScope: true, isLingering: false, mayLinger: false).Examine());
    }

    [Fact]
    public void Without_systemd_nothing_is_asked()
    {
        LogoutGuard guard = new(_ => throw new InvalidOperationException("asked"), _ => false, "alice", "");
        Assert.Null(guard.Examine());
    }

    [Theory]
    [InlineData(true, true, false, true, "")]
    [InlineData(true, false, true, true, "")]
    [InlineData(true, false, false, true, "Ask its administrator for: loginctl enable-linger alice")]
    [InlineData(false, true, false, false, "KillUserProcesses=no")]
    public void A_scope_and_lingering_are_made_or_it_is_said_what_to_ask_for(bool canScope, bool isLingering, bool mayLinger, bool wantsScope, string note)
    {
        LogoutVerdict verdict = Guard(KillsAll, canScope, isLingering, mayLinger).Examine()!;
        Assert.Equal(wantsScope, verdict.WantsScope);
        Assert.Contains(note, verdict.Note, StringComparison.Ordinal);
        Assert.Equal(note.Length == 0, verdict.Note.Length == 0);
    }

    [Fact]
    public void Who_is_in_the_users_manager_already_needs_no_scope()
    {
        LogoutGuard guard = Guard("b true\nas 0\nas 1 \"alice\"\n", canScope: false, isLingering: true, mayLinger: false, "0::/user.slice/user-1000.slice/user@1000.service/app.slice\n");
        Assert.Equal(new LogoutVerdict(false, ""), guard.Examine());
    }

    private static LogoutGuard Guard(string properties, bool canScope, bool isLingering, bool mayLinger, string controlGroup = "0::/user.slice/user-1000.slice/session-1.scope\n") => new(
        words => words[0] switch
        {
            "busctl" => (properties.Length > 0 ? 0 : 1, properties),
            "systemd-run" => (canScope ? 0 : 1, ""),
            _ => (mayLinger ? 0 : 1, ""),
        },
        file => file == "/run/systemd/system" || (isLingering && file == "/var/lib/systemd/linger/alice"),
        "alice",
        controlGroup);
}
