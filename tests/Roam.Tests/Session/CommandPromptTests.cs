using System.Text;
using Roam.Session;

namespace Roam.Tests.Session;

public sealed class CommandPromptTests
{
    [Theory]
    [InlineData("-L 80:h:80\r", "-L 80:h:80", "")]
    [InlineData("ab\u007F\u0008c\rls", "c", "ls")]
    [InlineData("abc\u0015xy\n", "xy", "")]
    [InlineData("aé\u007F\u007Fb\r", "b", "")]
    [InlineData("a\u001B[1;5Db\u001BOPc\u001Bxd\r", "abcd", "")]
    [InlineData("\u007F\u007Fa\r", "a", "")]
    public void Enter_gives_the_line_and_the_rest_is_the_programs(string typed, string line, string rest)
    {
        CommandPrompt prompt = new("forward");
        prompt.Open();
        byte[] keys = Encoding.UTF8.GetBytes(typed);
        Assert.True(prompt.Take(keys, out int taken));
        Assert.False(prompt.IsOpen);
        Assert.Equal(line, prompt.Line);
        Assert.Equal(rest, Encoding.UTF8.GetString(keys.AsSpan(taken)));
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("abc\u001B")]
    [InlineData("abc\u0003")]
    [InlineData("abc\u0007")]
    public void It_is_left_without_a_line(string typed)
    {
        CommandPrompt prompt = new("forward");
        prompt.Open();
        Assert.False(prompt.Take(Encoding.UTF8.GetBytes(typed), out int taken));
        Assert.Equal(typed.Length, taken);
        Assert.False(prompt.IsOpen);
    }

    [Fact]
    public void It_shows_what_is_typed_and_takes_no_more_than_its_limit()
    {
        CommandPrompt prompt = new("forward");
        prompt.Open();
        Assert.False(prompt.Take("-L 80"u8, out _));
        Assert.True(prompt.IsOpen);
        Assert.Equal("forward> -L 80_", prompt.Text);
        Assert.False(prompt.Take(new byte[2 * CommandPrompt.BytesMax].Select(_ => (byte)'x').ToArray(), out _));
        Assert.Equal(CommandPrompt.BytesMax, prompt.Line.Length);
    }
}
