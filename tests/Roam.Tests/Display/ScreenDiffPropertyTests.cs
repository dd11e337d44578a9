using System.Text;
using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Tests.Display;

/// <summary>A diff applied to the old screen gives exactly the new one, over random program output.</summary>
public sealed class ScreenDiffPropertyTests
{
    private const int Rounds = 40;

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 2, 1 }, { 1, 5 }, { 5, 2 }, { 17, 6 }, { 80, 24 }, { 300, 60 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_diff_applied_to_the_old_screen_gives_the_new_one(int width, int height) => AssertDiffsLeadOn(width, height, clusters: false);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Clusters_arrive_as_the_cells_they_are(int width, int height) => AssertDiffsLeadOn(width, height, clusters: true);

    /// <summary>Through bytes, as between the peers: the state with links and everything beside the picture.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_state_with_extras_applied_to_its_base_gives_the_state(int width, int height)
    {
        for (int seed = 0; seed < Seeds(width); seed++)
        {
            TerminalWorkspace server = new(), client = new();
            Emulator program = new(width, height, new EmulatorOptions { Tables = server.Tables, Pool = server.Pool });
            TerminalState local = new(server) { Screen = program.Screen }, remote = client.NewState(width, height);
            RandomProgram output = new(seed, width, height, links: true);
            RandomExtras extras = new(seed);
            TerminalState from = server.NewState(width, height);
            for (int round = 0; round < Rounds; round++)
            {
                program.Write(Encoding.UTF8.GetBytes(output.Next(1 + (round % 12)) + (round % 3 == 0 ? extras.Next() : "")));
                local.Welcome = Announcement.Own.WelcomeTo(Announcement.Own);
                GrowingBuffer diff = new();
                local.WriteDiff(from, diff);
                Assert.Equal(ApplyResult.Applied, remote.Apply(diff.Written));
                Assert.True(remote.ContentEquals(local), $"seed {seed} round {round} {Pictures.Readable(Encoding.UTF8.GetString(diff.Written))}");
                from = local.Snapshot();
            }
        }
    }

    private static void AssertDiffsLeadOn(int width, int height, bool clusters)
    {
        for (int seed = 0; seed < Seeds(width); seed++)
        {
            Emulator program = new(width, height, new EmulatorOptions());
            RandomProgram output = new(seed, width, height, clusters);
            Screen client = program.Screen.Snapshot();
            for (int round = 0; round < Rounds; round++)
            {
                Screen from = program.Screen.Snapshot();
                program.Write(Encoding.UTF8.GetBytes(output.Next(1 + (round % 12))));
                string diff = Pictures.Diff(from, program.Screen);
                string context = $"seed {seed} round {round} {Pictures.Readable(diff)}";
                Assert.True(WireSyntax.FindForeign(diff) is null, $"{WireSyntax.FindForeign(diff)} in {context}");
                client = Pictures.Apply(client, diff);
                Pictures.AssertSame(program.Screen, client, context);
                Assert.Equal(program.Screen.Pen, client.Pen);
                Assert.Equal((program.Screen.Title ?? "", program.Screen.IconName ?? ""), (client.Title ?? "", client.IconName ?? ""));
                Assert.Equal((program.Screen.BellCount, program.Screen.Clipboard), (client.BellCount, client.Clipboard));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_initial_drawing_does_not_depend_on_what_was_there(int width, int height)
    {
        for (int seed = 0; seed < Seeds(width); seed++)
        {
            Emulator program = new(width, height, new EmulatorOptions());
            Emulator other = new(width, height, new EmulatorOptions());
            program.Write(Encoding.UTF8.GetBytes(new RandomProgram(seed, width, height, clusters: true).Next(60)));
            other.Write(Encoding.UTF8.GetBytes(new RandomProgram(seed + 1000, width, height, clusters: true).Next(60)));
            other.Write("\x1b[0 q\x1b[?1007l"u8);
            string drawing = Pictures.Initial(program.Screen);
            Assert.True(WireSyntax.FindForeign(drawing) is null, WireSyntax.FindForeign(drawing));
            Pictures.AssertSame(program.Screen, Pictures.Apply(other.Screen, drawing), $"seed {seed} {Pictures.Readable(drawing)}");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Screens_with_nothing_in_common_and_different_tables_are_bridged_too(int width, int height)
    {
        for (int seed = 0; seed < Seeds(width); seed++)
        {
            Emulator before = new(width, height, new EmulatorOptions());
            Emulator after = new(width, height, new EmulatorOptions());
            before.Write(Encoding.UTF8.GetBytes(new RandomProgram(seed, width, height, clusters: true).Next(80)));
            after.Write(Encoding.UTF8.GetBytes(new RandomProgram(seed + 5000, width, height, clusters: true).Next(80)));
            string diff = Pictures.Diff(before.Screen, after.Screen);
            Pictures.AssertSame(after.Screen, Pictures.Apply(before.Screen, diff), $"seed {seed} {Pictures.Readable(diff)}");
        }
    }

    [Fact]
    public void Nothing_changed_costs_nothing()
    {
        Emulator program = new(80, 24, new EmulatorOptions());
        program.Write(Encoding.UTF8.GetBytes(new RandomProgram(7, 80, 24).Next(200)));
        Emulator same = new(80, 24, new EmulatorOptions());
        same.Write(Encoding.UTF8.GetBytes(new RandomProgram(7, 80, 24).Next(200)));
        same.Write("\x1b[1;1H"u8);
        program.Write("\x1b[1;1H"u8);
        Assert.Equal("", Pictures.Diff(program.Screen, same.Screen));
    }

    private static int Seeds(int width) => width > 100 ? 15 : 60;
}
