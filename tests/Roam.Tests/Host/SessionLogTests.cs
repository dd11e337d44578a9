using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Roam.Host;

namespace Roam.Tests.Host;

[SupportedOSPlatform("linux")]
public sealed class SessionLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("roam").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Messages_reach_the_log_socket_as_auth_info()
    {
        string path = Path.Combine(_directory, "log");
        using Socket log = Listen(path);
        using Syslog syslog = new(path, "mosh-server");
        syslog.Write("session begins for user ann");
        Assert.Matches(@"^<38>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d mosh-server\[\d+\]: session begins for user ann$", Receive(log));
        syslog.Write(new string('x', 5000));
        Assert.Equal(1024, Receive(log).Length);
    }

    [Fact]
    public void A_system_without_a_log_or_one_that_went_away_is_no_error()
    {
        string path = Path.Combine(_directory, "log");
        using Syslog syslog = new(path, "mosh-server");
        syslog.Write("nobody hears this");
        using (Socket log = Listen(path))
        {
            syslog.Write("heard");
            Assert.EndsWith("heard", Receive(log), StringComparison.Ordinal);

            // A program that another test is starting may hold a copy of the descriptor for a moment, and closing alone would not end it then.
            log.Shutdown(SocketShutdown.Both);
        }

        syslog.Write("lost");
        File.Delete(path);
        using Socket again = Listen(path);
        syslog.Write("heard again");
        Assert.EndsWith("heard again", Receive(again), StringComparison.Ordinal);
        using Syslog longPath = new("/" + new string('x', 300), "mosh-server");
        longPath.Write("nothing");
    }

    [Fact]
    public void The_utmp_program_gets_the_pty_and_the_hosts_in_order()
    {
        string record = Path.Combine(_directory, "record");
        string program = Path.Combine(_directory, "utempter");
        File.WriteAllText(program, $"#!/bin/sh\nexec 3>&1 >>{record}\necho \"$@ $(readlink /proc/self/fd/3)\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        using PtySession session = new(["sh", "-c", "read x"]);
        using (SessionLog log = new(new Syslog(Path.Combine(_directory, "none"), "mosh-server"), new Utempter(program), "ann"))
        {
            log.Connected("192.0.2.1");
            log.Begin(session.Pty.Fd);
            log.ContactLost();
            log.Connected("192.0.2.2");
            Assert.True(log.IsConnected);
            WaitForLines(record, 1);
            log.Reap();
            while (File.ReadAllLines(record).Length < 2)
            {
                log.Reap();
            }

            log.End();
            WaitForLines(record, 3);
        }

        string pid = Environment.ProcessId.ToString();
        string[] lines = File.ReadAllLines(record);
        Assert.Equal($"add 192.0.2.1 via mosh [{pid}] /dev/ptmx", lines[0]);
        Assert.Equal($"add 192.0.2.2 via mosh [{pid}] /dev/ptmx", lines[1]);
        Assert.Equal("del /dev/ptmx", lines[2]);
    }

    private static void WaitForLines(string file, int count)
    {
        Roam.Transport.Instant deadline = Poller.Deadline;
        while (!File.Exists(file) || File.ReadAllLines(file).Length < count)
        {
            Assert.True(SystemClock.Now < deadline, "the program was not run");
            Thread.Yield();
        }
    }

    private static Socket Listen(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
