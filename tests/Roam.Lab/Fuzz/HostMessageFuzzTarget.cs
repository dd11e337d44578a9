using Roam.Session;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Lab;

/// <summary>Any bytes as a screen diff: refused, or a sound screen; and a screen that came out of it can be sent on and arrives as it is.</summary>
internal sealed class HostMessageFuzzTarget : IFuzzTarget
{
    private readonly GrowingBuffer _diff = new();

    public HostMessageFuzzTarget()
    {
        GrowingBuffer seed = new();
        DiffWriter writer = new(seed);
        writer.WriteEchoAck(5);
        writer.WriteResize(40, 10);
        writer.WriteBytes("\e[0m\e[H\e[2J\e[31mred\e[0m\e[5;5H日本e\u0301\a\e[?25l\e]0;t\a"u8);
        GrowingBuffer other = new();
        new DiffWriter(other).WriteBytes("\e[1;5r\e[5;1H\n\n\e[r\e[3;3H\e[10X\e[K\e[?2004h\e[?1002h"u8);
        GrowingBuffer welcome = new();
        new DiffWriter(welcome).WriteEchoAck(1);
        new DiffWriter(welcome).WriteAnnouncement(Announcement.Own.WelcomeTo(Announcement.Own).Message);
        new DiffWriter(welcome).WriteFarTerminal(new FarTerminal(true, true, false, false).Bits);
        new DiffWriter(welcome).WriteFrameLines(new FrameLinesMessage { LinesAbove = 3, Wraps = [5] });
        new DiffWriter(welcome).WriteBytes("$ "u8);
        Seeds = [seed.Written.ToArray(), other.Written.ToArray(), welcome.Written.ToArray(), Extras()];
    }

    private static byte[] Extras()
    {
        Emulator program = new(20, 6, new EmulatorOptions());
        program.Write("\e]7;file:///x\a\e]4;1;red\a\e]11;#000\a\e]22;text\a\e]9;4;1;50\a\e]777;notify;a;b\a\e]52;cp;YQ==\a\e]52;q;Yg==\a"u8);
        GrowingBuffer extras = new(), diff = new();
        ExtrasDiff.Write(ScreenExtras.None, program.Screen.Extras, extras);
        DiffWriter writer = new(diff);
        writer.WriteAnnouncement(Announcement.Own.WelcomeTo(Announcement.Own).Message);
        writer.WriteScreenExtras(extras.Written);
        writer.WriteBytes("\e]8;id=1;http://x\alink\e]8;;\a"u8);
        return diff.Written.ToArray();
    }

    public string Name => "host-message";

    public IReadOnlyList<byte[]> Seeds { get; }

    public void Run(ReadOnlySpan<byte> input)
    {
        RunDiff(input);

        // The same as the escape sequences of a diff that is well formed.
        GrowingBuffer wrapped = new();
        new DiffWriter(wrapped).WriteBytes(input);
        RunDiff(wrapped.Written);
    }

    private void RunDiff(ReadOnlySpan<byte> input)
    {
        TerminalWorkspace workspace = new();
        TerminalState blank = workspace.NewState(20, 6);
        TerminalState state = blank.Snapshot();
        ApplyResult result = state.Apply(input);
        state.Screen.CheckIntegrity();
        if (result != ApplyResult.Applied)
        {
            if (!state.ContentEquals(blank))
            {
                throw new InvalidOperationException("A refused diff changed the state.");
            }

            return;
        }

        TerminalWorkspace server = new() { Verify = true };
        TerminalState from = server.NewState(20, 6);
        TerminalState to = server.NewState(20, 6);
        if (to.Apply(input) == ApplyResult.Applied)
        {
            _diff.Clear();
            to.WriteDiff(from, _diff);
            if (server.VerifyFailures != 0)
            {
                throw new InvalidOperationException("A diff does not give its screen: " + server.VerifyFailure);
            }

            if (blank.Apply(_diff.Written) != ApplyResult.Applied || !Announcement.AreSame(blank.Welcome, to.Welcome) || blank.FarTerminal != to.FarTerminal)
            {
                throw new InvalidOperationException("A welcome or the far terminal changes on the way.");
            }

            if (to.HasExtras && input.Length < SelectionSender.DirectLengthMax && !blank.Screen.Extras.Equals(to.Screen.Extras))
            {
                throw new InvalidOperationException("Extras change on the way.");
            }
        }
    }
}
