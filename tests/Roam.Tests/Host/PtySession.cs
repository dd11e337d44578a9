using System.Text;
using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

/// <summary>A program on a pty, as a test sees it: types, and reads until a text has come.</summary>
internal sealed class PtySession : IDisposable
{
    private readonly StringBuilder _output = new();
    private int _searched;

    public PtySession(string[] arguments, int width = 80, int height = 24, string? directory = null, string? file = null, params string[] environment)
    {
        List<byte[]> entries = ProcessEnvironment.Copy();
        foreach (string pair in environment)
        {
            ProcessEnvironment.Replace(entries, Encoding.UTF8.GetBytes(pair[..pair.IndexOf('=')]), Encoding.UTF8.GetBytes(pair));
        }

        PtyProgram program = new(file ?? arguments[0], arguments, entries, directory);
        Assert.Equal(0, Pty.TryStart(program, width, height, out Pty? pty));
        Pty = pty!;
    }

    public Pty Pty { get; }

    public string Output => _output.ToString();

    public void Type(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        Instant deadline = Poller.Deadline;
        while (!bytes.IsEmpty)
        {
            int written = Pty.Write(bytes);
            bytes = bytes[written..];
            if (written == 0)
            {
                Assert.True(Poller.TryWait(Pty.Fd, Libc.POLLOUT, deadline), "the program takes no input");
            }
        }
    }

    /// <summary>Waits until the text has come behind what was found before.</summary>
    public void Expect(string text)
    {
        Instant deadline = Poller.Deadline;
        while (true)
        {
            int at = Output.IndexOf(text, _searched, StringComparison.Ordinal);
            if (at >= 0)
            {
                _searched = at + text.Length;
                return;
            }

            Assert.True(TryReadMore(deadline), "did not come: " + text + "\nbut:\n" + Output[_searched..]);
        }
    }

    /// <summary>Reads to the end and returns all output.</summary>
    public string ReadToEnd()
    {
        Instant deadline = Poller.Deadline;
        while (TryReadMore(deadline))
        {
        }

        return Output;
    }

    /// <summary>The exit code, after the end of the output.</summary>
    public unsafe int WaitForExit()
    {
        ReadToEnd();
        Assert.NotEqual(0, Pty.Pid);
        int status;
        Assert.Equal(Pty.Pid, Libc.waitpid(Pty.Pid, &status, 0));
        return Libc.ExitCodeOf(status);
    }

    public void Dispose()
    {
        if (Pty.Pid > 0)
        {
            _ = Libc.kill(Pty.Pid, Libc.SIGKILL);
        }

        Pty.Dispose();
    }

    private bool TryReadMore(Instant deadline)
    {
        if (!Poller.TryWait(Pty.Fd, Libc.POLLIN, deadline))
        {
            return false;
        }

        byte[] buffer = new byte[64 * 1024];
        int length = Pty.Read(buffer, out bool ended);
        _output.Append(Encoding.UTF8.GetString(buffer, 0, length));
        return length > 0 || !ended;
    }
}
