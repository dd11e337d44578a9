using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class UserInputTranslatorTests
{
    [Theory]
    [InlineData("\eOA\eOB\eOC\eOD", "\e[A\e[B\e[C\e[D", false)]
    [InlineData("\eOA\eOB\eOC\eOD", "\eOA\eOB\eOC\eOD", true)]
    [InlineData("\eOH\eOF", "\e[H\e[F", false)]
    [InlineData("\eOH\eOF", "\eOH\eOF", true)]
    [InlineData("\eOP\eOE\eOM", "\eOP\eOE\eOM", false)]
    [InlineData("\e[A\e[1;5C", "\e[A\e[1;5C", true)]
    [InlineData("OA \e", "OA \e", false)]
    [InlineData("\e\eOA", "\e\e[A", false)]
    [InlineData("\eO\eOA", "\eO\e[A", false)]
    [InlineData("\eOé", "\eOé", false)]
    public void Cursor_keys_follow_the_programs_mode_however_the_keys_are_cut(string typed, string expected, bool applicationCursorKeys)
    {
        foreach (int chunk in (int[])[1, 2, 3, 100])
        {
            Assert.Equal(expected, Translate(typed, chunk, new InputModes(applicationCursorKeys, false)));
        }
    }

    [Fact]
    public void A_lone_escape_is_not_held_back()
    {
        Assert.Equal("\e", Translate("\e", 1, default));
    }

    [Theory]
    [InlineData("a\x7f\e\x7f", "a\b\e\b", true)]
    [InlineData("a\x7f\e\x7f\b", "a\x7f\e\x7f\b", false)]
    [InlineData("\eO\x7f", "\eO\b", true)]
    public void The_backarrow_key_follows_the_programs_mode(string typed, string expected, bool sendsBackspace)
    {
        foreach (int chunk in (int[])[1, 2, 100])
        {
            Assert.Equal(expected, Translate(typed, chunk, new InputModes(false, sendsBackspace)));
        }
    }

    [Fact]
    public void The_position_in_a_mouse_report_is_no_backarrow_key()
    {
        Assert.Equal("\e[M \x7f\x7f\b", Translate("\e[M \x7f\x7f\x7f", 1, new InputModes(false, true)));
        Assert.Equal("\e[<0;95;95M\b", Translate("\e[<0;95;95M\x7f", 1, new InputModes(false, true)));
    }

    private static string Translate(string typed, int chunk, InputModes modes)
    {
        UserInputTranslator translator = new();
        List<byte> result = [];
        foreach (byte[] piece in Encoding.UTF8.GetBytes(typed).Chunk(chunk))
        {
            byte[] output = new byte[piece.Length + UserInputTranslator.PendingMax];
            int written = translator.Translate(piece, output, modes);
            result.AddRange(output.AsSpan(0, written));
        }

        return Encoding.UTF8.GetString([.. result]);
    }
}
