using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Tests.Terminal;

namespace Roam.Tests.Display;

/// <summary>Modes beyond stock's: each a sequence of its own, written only when a program touched them (terminal.md section 2).</summary>
public sealed class TouchedModesTests
{
    private static readonly ClientTerminal Capable = ClientTerminal.Unknown with { HasKittyKeyboard = true, HasModifyOtherKeys = true };

    [Fact]
    public void Each_mode_is_a_sequence_of_its_own()
    {
        Emulator program = Program(Capable);
        Screen before = program.Screen.Snapshot();
        program.Write("\e[?5;1003;1004;1006;1007;2004h\e[?25l\e[>5u\e[>4;2m\e[>4;1f");
        Assert.Equal(
            "^[[?5h^[[?25l^[[?2004h^[[?1004h^[[?1003h^[[?1006h^[[?1007h^[[=5;1u^[[>4;2m^[[>4;1f^[[H",
            Pictures.Readable(Pictures.Diff(before, program.Screen)));
    }

    [Fact]
    public void After_a_sequence_unknown_to_stock_the_place_is_given_again()
    {
        Emulator program = Program(ClientTerminal.Unknown);
        program.Write("\e[2;3H");
        Screen before = program.Screen.Snapshot();
        program.Write("\e[?1007h");
        Assert.Equal("^[[?1007h^[[2;3H", Pictures.Readable(Pictures.Diff(before, program.Screen)));
    }

    [Fact]
    public void The_keyboard_of_a_terminal_that_is_not_known_to_have_the_protocols_is_left_alone()
    {
        Emulator program = Program(ClientTerminal.Unknown);
        Screen before = program.Screen.Snapshot();
        program.Write("\e[>5u\e[=31;1u\e[>4;2m\e[>4;1f");
        Assert.Equal("", Pictures.Diff(before, program.Screen));
    }

    [Fact]
    public void What_is_said_beside_the_picture_is_not_sent_to_a_client_that_does_not_have_it()
    {
        Emulator program = Program(Capable);
        Screen before = program.Screen.Snapshot();
        program.Write("\e]7;file:///x\a\e]4;1;red\a\e]10;white\a\e]22;text\a\e]9;4;1;50\a\e]9;done\a\e]777;notify;a;b\a\e]52;p;eA==\a\e]8;;http://x\a\e]133;A\a\e]133;D;1\a\e[?67;2031;2048h");
        Assert.Equal("", Pictures.Diff(before, program.Screen));
    }

    [Fact]
    public void A_diff_carries_them_to_the_reader_and_back()
    {
        Emulator program = Program(Capable);
        Screen initial = program.Screen.Snapshot();
        program.Write("\e[?1007h\e[>5u\e[>4;2m\e[>4;1f");
        Screen set = program.Screen.Snapshot();
        Screen client = Pictures.Apply(initial, Pictures.Diff(initial, set));
        Pictures.AssertSame(set, client, "set");
        Assert.True(set.ContentEquals(client));
        Pictures.AssertSame(set, Pictures.Apply(new Emulator(20, 6, new EmulatorOptions()).Screen, Pictures.Initial(set)), "set at once");
        program.Write("\ec");
        Pictures.AssertSame(program.Screen, Pictures.Apply(client, Pictures.Diff(set, program.Screen)), "reset");
    }

    [Fact]
    public void They_are_left_as_they_were_when_nobody_touched_them_and_given_back_when_somebody_did()
    {
        TerminalPainter painter = new(TerminalCapabilities.Default);
        Emulator program = Program(Capable);
        Assert.DoesNotMatch(@"\?1007|\[=|\[>", Drawn(painter.WriteOpen) + painter.Paint(program.Screen) + Drawn(painter.WriteClose));
        program.Write("\e[?1007h\e[>5u\e[>4;2m");
        Drawn(painter.WriteOpen);
        string drawn = painter.Paint(program.Screen);
        Assert.Contains("\e[?1007h", drawn, StringComparison.Ordinal);
        Assert.StartsWith("\e[>u", drawn, StringComparison.Ordinal);
        Assert.Contains("\e[=5;1u\e[>4;2m", drawn, StringComparison.Ordinal);
        string close = Drawn(painter.WriteClose);
        Assert.Contains("\e[<u\e[?1007l\e[>4m", close, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redrawing_does_not_lose_a_reset()
    {
        TerminalPainter painter = new(TerminalCapabilities.Default);
        Emulator program = Program(Capable);
        program.Write("\e[?1007h\e[>5u");
        painter.Paint(program.Screen);
        program.Write("\e[?1007l\e[<u");
        painter.Repaint();
        string drawn = painter.Paint(program.Screen);
        Assert.Contains("\e[?1007l", drawn, StringComparison.Ordinal);
        Assert.Contains("\e[=0;1u", drawn, StringComparison.Ordinal);
    }

    private static Emulator Program(ClientTerminal client) => new(20, 6, new EmulatorOptions()) { Client = client };

    private static string Drawn(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        write(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
