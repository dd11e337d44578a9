using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class UserInputTranslatorTests
{
    [Theory]
    [InlineData("\eOA\eOB\eOC\eOD", "\e[A\e[B\e[C\e[D", false)]
    [InlineData("\eOA\eOB\eOC\eOD", "\eOA\eOB\eOC\eOD", true)]
    [InlineData("\eOP\eOH\eOE", "\eOP\eOH\eOE", false)]
    [InlineData("\e[A\e[1;5C", "\e[A\e[1;5C", true)]
    [InlineData("OA \e", "OA \e", false)]
    [InlineData("\e\eOA", "\e\e[A", false)]
    [InlineData("\eO\eOA", "\eO\e[A", false)]
    [InlineData("\eOé", "\eOé", false)]
    public void Cursor_keys_follow_the_programs_mode_however_the_keys_are_cut(string typed, string expected, bool applicationCursorKeys)
    {
        foreach (int chunk in (int[])[1, 2, 3, 100])
        {
            Assert.Equal(expected, Translate(typed, chunk, applicationCursorKeys));
        }
    }

    [Fact]
    public void A_lone_escape_is_not_held_back()
    {
        Assert.Equal("\e", Translate("\e", 1, applicationCursorKeys: false));
    }

    private static string Translate(string typed, int chunk, bool applicationCursorKeys)
    {
        UserInputTranslator translator = new();
        List<byte> result = [];
        foreach (byte[] piece in Encoding.UTF8.GetBytes(typed).Chunk(chunk))
        {
            byte[] output = new byte[piece.Length + UserInputTranslator.PendingMax];
            int written = translator.Translate(piece, output, applicationCursorKeys);
            result.AddRange(output.AsSpan(0, written));
        }

        return Encoding.UTF8.GetString([.. result]);
    }
}
