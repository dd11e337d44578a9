using System.Globalization;
using Roam.Terminal;

namespace Roam.Lab;

/// <summary>A program that answers every counted key with something on the screen from which one can read how many it has answered.</summary>
internal abstract class SweepProgram(SimRandom random) : SimProgram(random)
{
    /// <summary>The key to type as number so and so, from 0.</summary>
    public virtual byte KeyOf(int number) => (byte)PlainAlphabet[number % PlainAlphabet.Length];

    /// <summary>How many keys' answers the frame shows; the frames before it showed so many.</summary>
    public abstract int ShownIn(Screen frame, int shownBefore);

    /// <summary>The number that begins at this place of a row; -1 when there is none.</summary>
    protected static int NumberAt(ReadOnlySpan<Cell> row, int column)
    {
        int value = -1;
        for (; column < row.Length && !row[column].IsGrapheme && row[column].Content is >= '0' and <= '9'; column++)
        {
            value = (Math.Max(value, 0) * 10) + row[column].Content - '0';
        }

        return value;
    }

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
