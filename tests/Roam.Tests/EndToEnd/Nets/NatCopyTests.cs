using System.Diagnostics;
using System.Text;
using Roam.Host;

namespace Roam.Tests.EndToEnd;

/// <summary>A large file from behind a router, while the network does what networks do.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class NatCopyTests
{
    private const int Length = 200_000_000;

    [Fact]
    public void Two_hundred_megabytes_go_through_changed_addresses_a_blackout_and_a_stopped_client()
    {
        using NetWorld world = NetWorld.BehindNat(out NatRouter router, out NetHost target);
        target.InstallRoam();
        string source = Path.Combine(world.Client.Home, "a");
        byte[] content = new byte[Length];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(source, content);
        string[] command = [.. world.Client.Here, Programs.Roam, "cp", "--bwlimit", "40M", source, $"{target.Name}:b"];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["HOME"] = world.Client.Home;
        using Process client = Process.Start(start)!;
        Action[] events =
        [
            router.Rebind,
            () => router.ChangeAddress(target),
            () => BlackOut(target),
            router.Rebind,
            () => Stop(world.Client),
            () => router.ChangeAddress(target),
        ];
        for (int i = 0; i < events.Length; i++)
        {
            long mark = Length / (events.Length + 1) * (i + 1L);
            NetWorld.WaitFor($"{mark} bytes", () => client.HasExited || PartBytes(target) >= mark);
            Assert.False(client.HasExited, $"it ended before event {i}: {(client.HasExited ? client.StandardError.ReadToEnd() : "")}");
            events[i]();
        }

        Assert.Equal("", client.StandardError.ReadToEnd());
        client.WaitForExit();
        Assert.Equal(0, client.ExitCode);
        Assert.True(File.ReadAllBytes(Path.Combine(target.Home, "b")).AsSpan().SequenceEqual(content));
    }

    private static long PartBytes(NetHost target)
    {
        FileInfo part = new(Path.Combine(target.Home, Encoding.UTF8.GetString(PartName.Of("b"u8))));
        return part.Exists ? part.Length : 0;
    }

    /// <summary>Until the client has asked in vain for a while.</summary>
    private static void BlackOut(NetHost target)
    {
        target.BlockAll();
        Processes.WaitReadable(-1, 8000);
        target.Unblock();
    }

    private static void Stop(NetHost client)
    {
        int[] all = client.ProcessesNamed("roam");
        Assert.NotEmpty(all);
        Assert.All(all, pid => Processes.Signal(pid, Processes.SIGSTOP));
        Assert.All(all, pid => Processes.WaitForStop(pid, "roam"));
        Processes.WaitReadable(-1, 5000);
        Assert.All(all, pid => Processes.Signal(pid, Processes.SIGCONT));
    }
}
