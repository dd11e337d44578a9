using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Tests.Session;

/// <summary>Where a picture stands in the history, and how its rows go on: part of the state between Roam peers.</summary>
public sealed class FrameLinesTests
{
    [Fact]
    public void They_are_these_bytes()
    {
        GrowingBuffer diff = new();
        new DiffWriter(diff).WriteFrameLines(new FrameLinesMessage { LinesAbove = 300, IsAlternate = true, Wraps = [5, 1] });
        Assert.Equal("0A0CC2060908AC0210011A020501", Convert.ToHexString(diff.Written));
    }

    [Fact]
    public void The_client_knows_what_has_scrolled_off_and_which_rows_go_on()
    {
        using SessionPair pair = new();
        pair.RunForMillis(500);
        for (int i = 0; i < 40; i++)
        {
            pair.Output("line\r\n"u8);
        }

        pair.Output(new byte[100].Select(_ => (byte)'x').ToArray());
        pair.RunForMillis(500);
        Screen server = pair.Server.LocalState.Screen;
        Screen client = pair.Client.Connection.Remote.Screen;
        Assert.NotEqual(0ul, client.LinesAbove);
        Assert.Equal(server.LinesAbove, client.LinesAbove);
        Assert.Equal(Flags(server), Flags(client));
        Assert.Contains(true, Flags(client));
        pair.Output("\e[?1049h"u8);
        pair.RunForMillis(500);
        Assert.True(pair.Client.Connection.Remote.Screen.IsAlternate);
        pair.Output("\e[?1049l"u8);
        pair.RunForMillis(500);
        Assert.False(pair.Client.Connection.Remote.Screen.IsAlternate);
        Assert.Equal(Flags(server), Flags(pair.Client.Connection.Remote.Screen));
    }

    [Fact]
    public void Random_pictures_have_the_same_lines_on_both_sides_whatever_the_base()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            TerminalWorkspace server = new() { Verify = true }, client = new();
            Emulator program = new(12, 5, new EmulatorOptions { Tables = server.Tables, Pool = server.Pool });
            TerminalState local = new(server) { Screen = program.Screen, TellsLines = true };
            List<(TerminalState Sent, TerminalState Held)> states = [(server.NewState(12, 5), client.NewState(12, 5))];
            string[] output = ["word ", "long long line that wraps ", "\r\n", "\n\n\n", "\e[H", "\e[2J", "\e[3;5r\e[5;1H\n\e[r", "中中中中中中中", "\e[?1049h", "\e[?1049l", "\eM", "\e[2S"];
            for (int step = 0; step < 60; step++)
            {
                program.Write(System.Text.Encoding.UTF8.GetBytes(output[random.Next(output.Length)]));
                if (random.Next(20) == 0)
                {
                    program.Resize(random.Next(4, 20), random.Next(2, 8));
                }

                (TerminalState sent, TerminalState held) = states[random.Next(states.Count)];
                GrowingBuffer diff = new();
                local.WriteDiff(sent, diff);
                TerminalState made = held.Snapshot();
                Assert.Equal(ApplyResult.Applied, made.Apply(diff.Written));
                string where = $"seed {seed}, step {step}";
                Assert.True(local.ContentEquals(made), where);
                Assert.True(Flags(local.Screen).SequenceEqual(Flags(made.Screen)), where);
                Assert.True(local.Screen.LinesAbove == made.Screen.LinesAbove && local.Screen.IsAlternate == made.Screen.IsAlternate, where);
                states.Add((local.Snapshot(), made));
            }

            Assert.Equal(0, server.VerifyFailures);
        }
    }

    [Fact]
    public void A_client_that_wants_no_history_is_told_nothing_of_lines()
    {
        TerminalWorkspace workspace = new();
        TerminalState from = workspace.NewState(20, 4);
        TerminalState to = from.Snapshot();
        to.Screen.LinesAbove = 7;
        GrowingBuffer diff = new();
        to.WriteDiff(from, diff);
        Assert.Equal(0, diff.Length);
        Assert.True(to.ContentEquals(from));
        to.TellsLines = true;
        Assert.False(to.ContentEquals(from));
    }

    private static bool[] Flags(Screen screen) => [.. Enumerable.Range(0, screen.Height).Select(y => screen.RowAt(y).Wrapped)];
}
