using Roam.Host;
using Roam.Transport;

namespace Roam.Tests.Host;

public sealed class DetachedServerTests
{
    [Fact]
    public void Everything_the_server_was_told_arrives()
    {
        ServerHostOptions options = new()
        {
            Command = ["sh", "-c", "echo ä\n", ""],
            ColorCount = 8,
            Verbosity = 2,
            NetworkTimeoutSeconds = 3_000_000_000,
            SignalTimeoutSeconds = 4,
            EnvironmentAdditions = ["LANG=de_DE.UTF-8", "X="],
            ProcessName = "roam",
            Width = 132,
            Height = 43,
            AllowScreenReports = true,
            AllowClipboardQuery = true,
        };
        SessionKey key = SessionKey.Create(new SystemRandom());
        Assert.True(DetachedServer.TryDecode(new DetachedServer(key, true, options).Encode(), out DetachedServer? back));
        Assert.Equal(key, back.Key);
        Assert.True(back.IsIPv6);
        Assert.Equal(options.Command, back.Options.Command);
        Assert.Equal(options.EnvironmentAdditions, back.Options.EnvironmentAdditions);
        Assert.Equal((8, 2, 3_000_000_000, 4), (back.Options.ColorCount, back.Options.Verbosity, back.Options.NetworkTimeoutSeconds, back.Options.SignalTimeoutSeconds));
        Assert.Equal(("roam", 132, 43), (back.Options.ProcessName, back.Options.Width, back.Options.Height));
        Assert.True(back.Options.AllowScreenReports);
        Assert.True(back.Options.AllowClipboardQuery);
    }

    [Fact]
    public void A_block_that_is_cut_or_longer_or_of_another_version_is_refused()
    {
        byte[] block = new DetachedServer(SessionKey.Create(new SystemRandom()), false, new ServerHostOptions { Command = ["x", "y"] }).Encode();
        for (int length = 0; length < block.Length; length++)
        {
            Assert.False(DetachedServer.TryDecode(block.AsSpan(0, length), out _));
        }

        Assert.False(DetachedServer.TryDecode([.. block, 0], out _));
        block[0]++;
        Assert.False(DetachedServer.TryDecode(block, out _));
    }
}
