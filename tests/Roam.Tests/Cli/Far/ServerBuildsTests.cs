using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Roam.Cli;
using Roam.Tests.EndToEnd;

namespace Roam.Tests.Cli.Far;

public sealed class ServerBuildsTests
{
    private const string Binary = "the binary, which is long enough to be packed packed packed packed packed";

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_build_is_sent_as_the_far_side_can_take_it(bool isPackedHere, bool wantsPacked)
    {
        ServerBuilds builds = new([FolderWith(isPackedHere, "x64")], "/nonexistent");
        ServerBuild build = builds.TryFind("Linux", "x86_64", out _)!;
        Assert.Equal($"roam-{BuildInfo.Version}-{ScriptTalk.Hash(Binary)[..16]}", build.Name);
        byte[] bytes = ServerBuilds.TryRead(build, wantsPacked, out bool isPacked)!;
        Assert.Equal(wantsPacked, isPacked);
        Assert.Equal(Binary, Encoding.UTF8.GetString(isPacked ? Unpacked(bytes) : bytes));
    }

    [Theory]
    [InlineData("Linux", "riscv64", "Linux riscv64")]
    [InlineData("Darwin", "arm64", "Darwin arm64")]
    [InlineData("Linux", "aarch64", "`./build --servers` makes linux-arm64")]
    public void What_is_missing_is_named(string system, string machine, string part)
    {
        Assert.SkipWhen(RuntimeInformation.ProcessArchitecture == Architecture.Arm64, "Here the program itself fits.");
        ServerBuilds builds = new([FolderWith(isPacked: true, "x64")], "/nonexistent");
        Assert.Null(builds.TryFind(system, machine, out string error));
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_like_this_one_gets_the_program_itself()
    {
        string own = Sandbox.NewFile("roam");
        File.WriteAllText(own, Binary);
        ServerBuilds builds = new([], own);
        string machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";
        ServerBuild? build = builds.TryFind("Linux", machine, out string error);
        Assert.True(build is not null, error);
        Assert.Equal(ScriptTalk.Hash(Binary), build.Hash);
        Assert.Equal([build.Name], builds.Names());
    }

    [Fact]
    public void A_build_without_its_hash_is_not_offered()
    {
        string folder = FolderWith(isPacked: true, "arm64");
        File.WriteAllText(Path.Combine(folder, "roam-linux-arm64.sha256"), "not a hash\n");
        Assert.Null(new ServerBuilds([folder], "/nonexistent").TryFind("Linux", "aarch64", out _));
    }

    private static string FolderWith(bool isPacked, string cpu)
    {
        string folder = Directory.CreateDirectory(Sandbox.NewFile("servers")).FullName;
        string file = Path.Combine(folder, $"roam-linux-{cpu}");
        File.WriteAllText(file + ".sha256", $"{ScriptTalk.Hash(Binary)}  roam-linux-{cpu}\n");
        using Stream output = File.Create(isPacked ? file + ".gz" : file);
        using Stream content = isPacked ? new GZipStream(output, CompressionLevel.Fastest) : output;
        content.Write(Encoding.UTF8.GetBytes(Binary));
        return folder;
    }

    private static byte[] Unpacked(byte[] bytes)
    {
        using GZipStream stream = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using MemoryStream output = new();
        stream.CopyTo(output);
        return output.ToArray();
    }
}
