namespace Roam.Terminal;

/// <summary>
/// What a line editor's key does to the line (readline, zle, fish, and what imitates them; emacs keys): where the cursor goes, which cells are deleted.
/// Where they differ, only what all of them agree on.
/// </summary>
/// <param name="Column">Of the cursor afterwards.</param>
/// <param name="DeleteFrom">First column deleted; equal to <see cref="DeleteEnd"/> when none is.</param>
/// <param name="DeleteEnd">Behind the last column deleted.</param>
internal readonly record struct LineEdit(int Column, int DeleteFrom, int DeleteEnd)
{
    private const char A = '\x01';
    private const char B = '\x02';
    private const char D = '\x04';
    private const char E = '\x05';
    private const char F = '\x06';
    private const char K = '\x0B';
    private const char U = '\x15';
    private const char W = '\x17';

    public static bool IsEditControl(int control) => control is A or B or D or E or F or K or U or W;

    public static bool IsEditMeta(int character) => character is 'b' or 'f' or 'd';

    /// <summary>Multiplexers take some of these for themselves, and a bare zsh knows no Delete: what they do must have been seen once.</summary>
    public static bool MustBeSeen(in TypedKey key, bool mayBeMultiplexed) =>
        key.Kind == TypedKeyKind.Delete || (mayBeMultiplexed && (key.Kind == TypedKeyKind.Meta || (key.Kind == TypedKeyKind.Control && key.CodePoint is A or B)));

    /// <summary>A multiplexer's prefix: what follows is its command then.</summary>
    public static bool MayBePrefix(in TypedKey key, bool mayBeMultiplexed) => mayBeMultiplexed && key.Kind == TypedKeyKind.Control && key.CodePoint is A or B;

    /// <summary>Null: it cannot be said.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cells">The row as it is expected to look.</param>
    /// <param name="start">Where the user's text begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="x">The cursor's column.</param>
    public static LineEdit? Of(in TypedKey key, ReadOnlySpan<Cell> cells, int start, int end, int x)
    {
        switch (key.Kind)
        {
            case TypedKeyKind.Left:
                return x > start ? Move(Before(cells, x)) : null;
            case TypedKeyKind.Right:
                return x < end ? Move(After(cells, x)) : null;
            case TypedKeyKind.Home:
                return Move(start);
            case TypedKeyKind.End:
                return x < end ? Move(end) : null;
            case TypedKeyKind.Delete:
                return x < end ? new LineEdit(x, x, After(cells, x)) : null;
            case TypedKeyKind.Meta:
                return OfMeta((char)key.CodePoint, cells, start, end, x);
            default:
                return OfControl((char)key.CodePoint, cells, start, end, x);
        }
    }

    private static LineEdit? OfControl(char control, ReadOnlySpan<Cell> cells, int start, int end, int x) => control switch
    {
        A => Move(start),
        E => x < end ? Move(end) : null,
        B => x > start ? Move(Before(cells, x)) : null,
        F => x < end ? Move(After(cells, x)) : null,
        D => x < end ? new LineEdit(x, x, After(cells, x)) : null,
        K => x < end ? new LineEdit(x, x, end) : null,

        // zsh's ^U takes the whole line, the others what is before the cursor.
        U => x == end && x > start ? new LineEdit(start, start, x) : null,
        W => WordBefore(cells, start, x) is { } word ? new LineEdit(word, word, x) : null,
        _ => null,
    };

    private static LineEdit? OfMeta(char character, ReadOnlySpan<Cell> cells, int start, int end, int x)
    {
        if (character == 'b')
        {
            int at = x;
            while (at > start && !IsWord(cells[at - 1]))
            {
                at--;
            }

            while (at > start && IsWord(cells[at - 1]))
            {
                at--;
            }

            return at < x ? Move(at) : null;
        }

        int to = x;
        while (to < end && !IsWord(cells[to]))
        {
            to++;
        }

        while (to < end && IsWord(cells[to]))
        {
            to++;
        }

        // zsh's Alt-f goes to the next word's start: only the last word is common ground.
        return to == x || to != end ? null : character == 'f' ? Move(to) : new LineEdit(x, x, to);
    }

    private static LineEdit Move(int column) => new(column, 0, 0);

    /// <summary>What ^W deletes when the word is only letters and digits, with the blanks behind it; null when shells differ.</summary>
    private static int? WordBefore(ReadOnlySpan<Cell> cells, int start, int x)
    {
        int at = x;
        while (at > start && CellGuess.IsBlank(cells[at - 1]))
        {
            at--;
        }

        int wordEnd = at;
        while (at > start && !CellGuess.IsBlank(cells[at - 1]))
        {
            if (!IsWord(cells[at - 1]))
            {
                return null;
            }

            at--;
        }

        return at < wordEnd ? at : null;
    }

    private static bool IsWord(Cell cell) => cell.IsGrapheme || cell.IsSpacer || (cell.Content < char.MaxValue && char.IsLetterOrDigit((char)cell.Content));

    private static int Before(ReadOnlySpan<Cell> cells, int x) => x >= 2 && cells[x - 1].IsSpacer ? x - 2 : x - 1;

    private static int After(ReadOnlySpan<Cell> cells, int x) => cells[x].IsWide ? x + 2 : x + 1;
}
