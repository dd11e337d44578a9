using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Queries;

/// <summary>The cursor's row after a change of the window comes in with the keys, and one key looks like it.</summary>
public sealed class CursorReportTests
{
    private const long Millis = 1000;

    private readonly TerminalAnswers _answers = new();
    private readonly byte[] _keys = new byte[4096];

    [Fact]
    public void The_report_is_taken_and_the_keys_around_it_arrive()
    {
        _answers.ExpectCursor(0, 200);
        Assert.Equal("ab", Type(0, "a\e[12;40Rb"));
        Assert.True(_answers.TryTakeCursor(out int row));
        Assert.Equal(11, row);
        Assert.False(_answers.TryTakeCursor(out _));
    }

    [Fact]
    public void A_report_in_pieces_is_one()
    {
        _answers.ExpectCursor(0, 200);
        Assert.Equal("", Type(0, "\e[1") + Type(1, "2;4") + Type(2, "0R"));
        Assert.True(_answers.TryTakeCursor(out _));
    }

    [Fact]
    public void Of_several_questions_the_last_answer_counts()
    {
        _answers.ExpectCursor(0, 200);
        _answers.ExpectCursor(10 * Millis, 200);
        Assert.Equal("", Type(20, "\e[12;1R"));
        Assert.False(_answers.TryTakeCursor(out _));
        Assert.Equal("", Type(30, "\e[7;1R"));
        Assert.True(_answers.TryTakeCursor(out int row));
        Assert.Equal(6, row);
    }

    [Fact]
    public void A_late_report_is_not_typed_into_the_program()
    {
        _answers.ExpectCursor(0, 200);
        Assert.Equal("", Type(5000, "\e[12;40R"));
    }

    [Fact]
    public void Control_F3_is_a_key_unless_the_report_is_awaited()
    {
        Assert.Equal("\e[1;5R", Type(0, "\e[1;5R"));
        _answers.ExpectCursor(0, 200);
        Assert.Equal("\e[1;5R", Type(300, "\e[1;5R"));
        _answers.ExpectCursor(400 * Millis, 200);
        Assert.Equal("", Type(401, "\e[1;5R"));
    }

    [Fact]
    public void Other_keys_pass_at_once_while_a_report_is_expected()
    {
        _answers.ExpectCursor(0, 200);
        const string keys = "\e[A\eOP\e[1;5C\e[15~\e[3;2~\e[<0;10;10M\e[13;5u\e[I";
        Assert.Equal(keys, Type(0, keys));
        Assert.Equal(0, _answers.HeldCount);
    }

    [Fact]
    public void A_terminal_that_never_answers_is_forgotten()
    {
        _answers.ExpectCursor(0, 200);
        Assert.Equal("\e[12;40R", Type(TerminalAnswers.LateMillis + 1, "\e[12;40R"));
    }

    private string Type(long nowMillis, string input)
    {
        int count = _answers.Filter(nowMillis * Millis, Encoding.UTF8.GetBytes(input), _keys);
        return Encoding.UTF8.GetString(_keys, 0, count);
    }
}
