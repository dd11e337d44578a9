using Roam.Cli;

namespace Roam.Tests.Cli.Far;

public sealed class FarReaderTests
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void Everything_a_client_needs_is_gathered_between_what_is_for_the_user()
    {
        FarReader reader = new("CARRY");
        Assert.Equal(FarLine.Show, reader.Read("Welcome to box"));
        Assert.Equal(FarLine.Show, reader.Read("MOSH CONNECT of a start file"));
        Assert.False(reader.HasBegun);
        Assert.Equal(FarLine.Taken, reader.Read("ROAM FAR 1 Linux x86_64"));
        Assert.Equal(FarLine.Taken, reader.Read("ROAM SSH_CONNECTION 10.0.0.1 50000 ::ffff:10.0.0.2 22"));
        Assert.Equal(FarLine.Taken, reader.Read("ROAM ADDRESSES 10.0.0.2 2001:db8::2 example.org 10.0.0.3 10.0.0.4 10.0.0.5"));
        Assert.Equal(FarLine.Taken, reader.Read("ROAM SESSION 4711"));
        Assert.Equal(FarLine.Taken, reader.Read("ROAM VIA 00112233445566778899aabbccddeeff"));
        Assert.False(reader.IsConnected);
        Assert.Equal(FarLine.Taken, reader.Read($"MOSH CONNECT 60001 {Key}\r"));
        Assert.Equal(FarLine.End, reader.Read("ROAM CARRY"));
        Assert.True(reader.HasBegun && reader.IsConnected);
        Assert.Equal(("Linux", "x86_64", "10.0.0.2", "4711", 60001, Key), (reader.System, reader.Machine, reader.SshAddress, reader.Session, reader.Port, reader.KeyText));
        Assert.Equal(["10.0.0.2", "2001:db8::2", "10.0.0.3", "10.0.0.4"], reader.Addresses);
        Assert.Equal("00112233445566778899aabbccddeeff", reader.Via);
    }

    [Fact]
    public void What_the_script_asks_and_tells_is_understood()
    {
        FarReader reader = Begun("CARRY");
        Assert.Equal(FarLine.Need, reader.Read("ROAM NEED Linux aarch64 raw"));
        Assert.Equal(("aarch64", "raw"), (reader.Machine, reader.NeedForm));
        Assert.Equal(FarLine.Failed, reader.Read("ROAM FAILED hash /home/u/.cache/roam/bin"));
        Assert.Equal("hash", reader.FailedStep);
        Assert.Equal(FarLine.Note, reader.Read("ROAM NOTE installed as \u001b]0;x\u0007~/roam"));
        Assert.Equal("installed as ]0;x~/roam", reader.Text);
    }

    [Fact]
    public void The_end_word_is_the_callers_and_its_words_are_kept()
    {
        FarReader reader = Begun("RELAY");
        Assert.Equal(FarLine.Show, reader.Read("ROAM CARRY"));
        Assert.Equal(FarLine.End, reader.Read("ROAM RELAY 60001 0011"));
        Assert.Equal("60001 0011", reader.Text);
    }

    [Theory]
    [InlineData("MOSH CONNECT 60001")]
    [InlineData("MOSH CONNECT 0 " + Key)]
    [InlineData("MOSH CONNECT 60001 AAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("ROAM SESSION ../../etc/passwd")]
    [InlineData("ROAM SESSION a'b")]
    [InlineData("ROAM VIA 0011")]
    [InlineData("ROAM VIA 0011223344556677889900aabbccddzz")]
    public void What_only_looks_like_ours_is_refused_with_a_reason_without_the_key(string line)
    {
        FarReader reader = Begun("CARRY");
        Assert.Equal(FarLine.Refused, reader.Read(line));
        Assert.NotEmpty(reader.Error);
        Assert.DoesNotContain("AAAAA", reader.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_session_is_refused()
    {
        FarReader reader = Begun("CARRY");
        Assert.Equal(FarLine.Taken, reader.Read($"MOSH CONNECT 60001 {Key}"));
        Assert.Equal(FarLine.Taken, reader.Read($"MOSH CONNECT 60001 {Key}"));
        Assert.Equal(FarLine.Refused, reader.Read($"MOSH CONNECT 60002 {Key}"));
    }

    [Theory]
    [InlineData("ROAM")]
    [InlineData("ROAM FAR away")]
    [InlineData("ROAM in peace")]
    [InlineData(" ROAM CARRY")]
    [InlineData("")]
    public void A_persons_own_lines_are_shown(string line)
    {
        Assert.Equal(FarLine.Show, Begun("CARRY").Read(line));
    }

    private static FarReader Begun(string endWord)
    {
        FarReader reader = new(endWord);
        Assert.Equal(FarLine.Taken, reader.Read("ROAM FAR 1 Linux x86_64"));
        return reader;
    }
}
