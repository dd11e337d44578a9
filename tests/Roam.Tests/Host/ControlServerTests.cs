using System.Net.Sockets;
using System.Text;
using Roam.Host;
using Roam.Terminal;

namespace Roam.Tests.Host;

/// <summary>The control socket of a server, asked over the file system.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ControlServerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("roam-control").FullName;
    private readonly Emulator _emulator = new(20, 1, new EmulatorOptions { HistoryLines = 100_000 });

    private string SocketPath => Path.Combine(_directory, "sessions", "1.sock");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void It_is_for_its_owner_alone_and_gone_afterwards()
    {
        using (ControlServer server = Create())
        {
            Assert.True(server.IsListening);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(SocketPath)!));
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Theory]
    [InlineData("history plain\n", "ok\none\ntwo\n")]
    [InlineData("history ansi\n", "ok\n\e[0;31mone\e[0m\ntwo\n")]
    [InlineData("attach\n", "error this session does not know that question: its server is of another version\n")]
    public async Task It_answers_what_it_is_asked(string question, string answer)
    {
        using ControlServer server = Create();
        _emulator.Write("\e[31mone\e[m\r\ntwo\r\n"u8);
        Assert.Equal(answer, await AskAsync(server, question, _emulator.History));
    }

    [Fact]
    public async Task It_says_that_nothing_is_kept()
    {
        using ControlServer server = Create();
        Assert.Equal("error this session keeps no history (--history-lines=0)\n", await AskAsync(server, "history plain\n", null));
    }

    [Fact]
    public async Task A_question_without_end_is_cut_off_and_others_are_answered()
    {
        using ControlServer server = Create();
        Assert.Equal("", await AskAsync(server, new string('x', 300), _emulator.History));
        Assert.StartsWith("ok\n", await AskAsync(server, "history plain\n", _emulator.History), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_gets_all_of_a_long_history()
    {
        using ControlServer server = Create();
        for (int i = 0; i < 50_000; i++)
        {
            _emulator.Write("a line of it\r\n"u8);
        }

        string answer = await AskAsync(server, "history plain\n", _emulator.History);
        Assert.Equal(_emulator.History!.Count, answer.Count(c => c == 'f'));
    }

    private ControlServer Create() => new(Path.GetDirectoryName(SocketPath)!, "1");

    /// <summary>The other end runs on a thread of its own; the server's turns are taken here until the answer is whole.</summary>
    private async Task<string> AskAsync(ControlServer server, string question, HistoryLog? log)
    {
        Task<string> asking = Task.Run(() => Ask(question));
        Libc.PollFd[] slots = new Libc.PollFd[ControlServer.SlotCount];
        while (!asking.IsCompleted)
        {
            server.Fill(slots);
            Poller.Poll(slots, 20);
            server.Handle(slots, log);
        }

        return await asking;
    }

    private string Ask(string question)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
        socket.Send(Encoding.UTF8.GetBytes(question));
        using MemoryStream answer = new();
        byte[] buffer = new byte[1000];
        try
        {
            while (socket.Receive(buffer) is > 0 and int n)
            {
                answer.Write(buffer, 0, n);
            }
        }
        catch (SocketException)
        {
            // Cut off with unread bytes: a reset.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
