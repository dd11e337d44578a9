namespace Roam.Tests.EndToEnd.Files;

/// <summary>`roam cp` as users run it: through a session of its own, by a real sshd, with UDP between.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class CopyOverRoamTests : IDisposable
{
    private readonly FarFolder _far = new();

    [Fact]
    public void A_tree_goes_there_and_back_through_a_session()
    {
        _far.Scratch.Shell("mkdir -p a/b; head -c 3000000 /dev/urandom >a/b/large; echo x >'a/with space'; ln -s b a/link; chmod 640 a/b/large");
        CopyWell("-r", "-p", _far.Scratch["a"], _far.Far("there"));
        _far.Scratch.Shell("diff -r a there; test \"$(stat -c %a there/b/large)\" = 640");
        CopyWell("-r", _far.Far("there/b"), _far.Scratch["back"]);
        _far.Scratch.Shell("diff -r a/b back");
    }

    [Fact]
    public void What_is_wrong_there_is_told_in_a_line()
    {
        (int code, string output, string error) = Copy(_far.Far("nothing"), _far.Scratch["x"]);
        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains("nothing: no such file", error, StringComparison.Ordinal);
    }

    public void Dispose() => _far.Dispose();

    private (int ExitCode, string Output, string Error) Copy(params string[] words) => Programs.Run(Programs.Roam, ["cp", "--ssh", _far.Ssh, .. words]);

    private void CopyWell(params string[] words)
    {
        (int code, string output, string error) = Copy(words);
        Assert.Equal("", output + error);
        Assert.Equal(0, code);
    }
}
