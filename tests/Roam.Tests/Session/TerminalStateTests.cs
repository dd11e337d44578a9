using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Tests.Session;

public sealed class TerminalStateTests
{
    private readonly TerminalWorkspace _server = new();
    private readonly TerminalWorkspace _client = new();
    private readonly GrowingBuffer _diff = new();

    [Fact]
    public void A_diff_says_echo_acknowledgement_then_size_then_text()
    {
        TerminalState from = _server.NewState(80, 24);
        TerminalState to = _server.NewState(100, 30);
        Show(to, "hi");
        to.EchoAck = 7;
        to.WriteDiff(from, _diff);
        List<DiffItemKind> kinds = [];
        DiffReader reader = new(_diff.Written);
        while (reader.Next())
        {
            kinds.Add(reader.Current.Kind);
        }

        Assert.Equal([DiffItemKind.EchoAck, DiffItemKind.Resize, DiffItemKind.Bytes], kinds);
    }

    [Fact]
    public void A_diff_applied_on_the_other_side_gives_the_state()
    {
        TerminalState local = _server.NewState(80, 24);
        TerminalState remote = _client.NewState(80, 24);
        foreach (string text in (string[])["hello", "\r\n\e[31mred\e[0m", "日本語", "\e[2J\e[5;5Hx", "\a\e]0;title\a", "e\u0301\e[?2004h"])
        {
            TerminalState before = local.Snapshot();
            Show(local, text);
            local.EchoAck++;
            _diff.Clear();
            local.WriteDiff(before, _diff);
            Assert.Equal(ApplyResult.Applied, remote.Apply(_diff.Written));
            Assert.True(local.ContentEquals(remote), text);
            before.Release();
        }
    }

    [Fact]
    public void Sides_that_begin_in_different_sizes_are_equal_after_the_first_resize()
    {
        TerminalState local = _server.NewState(80, 24);
        TerminalState remote = _client.NewState(132, 50);
        TerminalState before = local.Snapshot();
        Show(local, "motd in 80 columns");
        Apply(local, before, remote);
        before = local.Snapshot();
        local.Screen.Resize(132, 50);
        Show(local, "more");
        Apply(local, before, remote);
        Assert.True(local.ContentEquals(remote));
    }

    [Fact]
    public void Equal_states_give_an_empty_diff_also_with_the_wrap_pending()
    {
        TerminalState state = _server.NewState(3, 2);
        Show(state, "abc");
        state.WriteDiff(state.Snapshot(), _diff);
        Assert.Equal(0, _diff.Length);
    }

    [Fact]
    public void An_echo_acknowledgement_that_goes_back_is_refused()
    {
        TerminalState state = _client.NewState(80, 24);
        DiffWriter writer = new(_diff);
        writer.WriteEchoAck(5);
        Assert.Equal(ApplyResult.Applied, state.Apply(_diff.Written));
        _diff.Clear();
        writer.WriteEchoAck(4);
        Assert.Equal(ApplyResult.Refused, state.Apply(_diff.Written));
        Assert.Equal(5UL, state.EchoAck);
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(80, -3)]
    [InlineData(4097, 1)]
    [InlineData(65535, 65535)]
    [InlineData(2048, 2048)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_size_over_the_limits_is_refused_before_anything_is_allocated(int width, int height)
    {
        TerminalState state = _client.NewState(80, 24);
        new DiffWriter(_diff).WriteResize(width, height);
        state.Apply(_diff.Written);
        ApplyResult result = ApplyResult.Applied;
        Allocation.AssertNone(() => result = state.Apply(_diff.Written));
        Assert.Equal(ApplyResult.Refused, result);
        Assert.Equal(80, state.Screen.Width);
    }

    [Fact]
    public void Two_resizes_in_one_diff_are_refused()
    {
        TerminalState state = _client.NewState(80, 24);
        DiffWriter writer = new(_diff);
        writer.WriteResize(100, 30);
        writer.WriteResize(80, 24);
        Assert.Equal(ApplyResult.Refused, state.Apply(_diff.Written));
    }

    [Fact]
    public void Applying_to_a_snapshot_leaves_the_base_as_it_was()
    {
        TerminalState state = _client.NewState(80, 24);
        TerminalState copy = state.Snapshot();
        new DiffWriter(_diff).WriteBytes("text"u8);
        Assert.Equal(ApplyResult.Applied, copy.Apply(_diff.Written));
        Assert.True(state.Screen.CellsAt(0)[0].IsBlank);
        Assert.Equal('t', copy.Screen.CellsAt(0)[0].Content);
    }

    [Fact]
    public void The_client_never_answers_what_a_diff_asks()
    {
        TerminalState state = _client.NewState(80, 24);
        new DiffWriter(_diff).WriteBytes("\e[6n\e[c"u8);
        Assert.Equal(ApplyResult.Applied, state.Apply(_diff.Written));
        Assert.Equal(0, _client.ReaderFor(state.Screen).Replies.Length);
    }

    private void Apply(TerminalState to, TerminalState from, TerminalState remote)
    {
        _diff.Clear();
        to.WriteDiff(from, _diff);
        Assert.Equal(ApplyResult.Applied, remote.Apply(_diff.Written));
    }

    private static void Show(TerminalState state, string text)
    {
        Emulator program = new(state.Screen.Width, state.Screen.Height, new EmulatorOptions { Tables = state.Screen.Tables });
        program.Attach(state.Screen);
        program.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
