using System.Globalization;
using Roam.Host;

namespace Roam.Tests.Host;

public sealed class PtyTests
{
    [Fact]
    public void All_output_comes_before_the_end_and_the_exit_code_after_it()
    {
        using PtySession session = new(["sh", "-c", "seq 1 30000; exit 7"]);
        string[] lines = session.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(30000, lines.Length);
        Assert.Equal("30000", lines[^1]);
        Assert.Equal(7, session.WaitForExit());
    }

    [Fact]
    public void The_program_has_a_controlling_terminal_of_the_size_asked_for_with_iutf8()
    {
        using PtySession session = new(["sh", "-c", "tty; stty size; stty -a; test -t 0 && test -t 1 && test -t 2 && echo all three; : >/dev/tty && echo controlling"], 132, 43);
        session.Expect("/dev/pts/");
        session.Expect("43 132");
        session.Expect(" iutf8");
        session.Expect("all three");
        session.Expect("controlling");
        Assert.Equal(0, session.WaitForExit());
    }

    [Fact]
    public void A_resize_reaches_the_program_as_sigwinch()
    {
        using PtySession session = new(["sh", "-c", "trap 'stty size; exit 0' WINCH; echo ready; while read -r line; do :; done"]);
        session.Expect("ready");
        session.Pty.Resize(101, 31);
        session.Expect("31 101");
    }

    [Theory]
    [InlineData("icanon echo", true, true)]
    [InlineData("icanon -echo", true, false)]
    [InlineData("-icanon echo", false, true)]
    [InlineData("raw -echo", false, false)]
    public void The_flags_that_a_program_sets_are_seen_at_the_other_end(string flags, bool isCanonical, bool echoes)
    {
        using PtySession session = new(["sh", "-c", $"stty {flags}; echo ready; read -r line"]);
        session.Expect("ready");
        Assert.True(session.Pty.TryGetLineFlags(out bool canonicalSeen, out bool echoSeen));
        Assert.Equal((isCanonical, echoes), (canonicalSeen, echoSeen));
        session.Pty.Dispose();
        Assert.False(session.Pty.TryGetLineFlags(out _, out _));
    }

    [Fact]
    public void The_program_finds_its_arguments_environment_and_directory()
    {
        using PtySession session = new(["-weird", "-c", "echo name=$0 x=$X_TEST pwd=$(pwd)"], 200, 24, "/usr", "/bin/sh", "X_TEST=ä b");
        session.Expect("name=-weird x=ä b pwd=/usr");
    }

    [Fact]
    public void The_program_inherits_no_descriptor_and_no_blocked_or_ignored_signal()
    {
        using PtySession list = new(["ls", "/proc/self/fd"]);

        // 3 is the directory that ls reads.
        Assert.Equal(["0", "1", "2", "3"], list.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        using PtySession status = new(["grep", "-E", "SigBlk|SigIgn", "/proc/self/status"]);
        string[] masks = status.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("0000000000000000", masks[1]);

        // 32 and 33 are the C library's own signals, which its posix_spawn leaves ignored.
        ulong ignored = ulong.Parse(masks[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.Equal(0UL, ignored & ~(3UL << 31));
    }

    [Fact]
    public unsafe void Input_that_the_program_does_not_read_is_refused_and_arrives_later()
    {
        using PtySession session = new(["sh", "-c", "stty raw -echo; kill -STOP $$; head -c 200000 | wc -c"]);
        int status;
        Assert.Equal(session.Pty.Pid, Libc.waitpid(session.Pty.Pid, &status, 2)); // WUNTRACED: it has stopped.
        byte[] chunk = new byte[4096];
        int taken = 0;
        int written;
        while ((written = session.Pty.Write(chunk)) > 0)
        {
            taken += written;
            Assert.True(taken < 1_000_000, "a program that does not read took a megabyte");
        }

        _ = Libc.kill(session.Pty.Pid, Libc.SIGCONT);
        session.Type(new string('x', 200_000 - taken));
        session.Expect("200000");
    }

    [Fact]
    public void A_program_that_cannot_be_started_is_an_error_number()
    {
        PtyProgram program = new("/no/such/program", ["x"], [], null);
        Assert.Equal(Libc.ENOENT, Pty.TryStart(program, 80, 24, out Pty? pty));
        Assert.Null(pty);
    }

    [Fact]
    public void Closing_the_master_hangs_up_on_the_program()
    {
        using PtySession session = new(["sh", "-c", "trap 'exit 5' HUP; echo ready; while read -r line; do :; done; exit 6"]);
        session.Expect("ready");
        int pid = session.Pty.Pid;
        session.Pty.Dispose();
        unsafe
        {
            int status;
            Assert.Equal(pid, Libc.waitpid(pid, &status, 0));
            Assert.Contains(Libc.ExitCodeOf(status), new[] { 5, 6, 128 + Libc.SIGHUP });
        }
    }
}
