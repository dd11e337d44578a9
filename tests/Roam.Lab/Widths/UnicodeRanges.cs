using System.Text;

namespace Roam.Lab;

/// <summary>Our data files: lines of "first..last ; value" in hexadecimal, what is not named has the default value.</summary>
internal static class UnicodeRanges
{
    public static T[] Read<T>(string path, Func<string, T> parse)
    {
        T[] values = new T[TwoStageTable.CodePoints];
        foreach (string line in File.ReadLines(path).Where(static l => l.Length != 0 && l[0] != '#'))
        {
            string[] parts = line.Split(" ; ");
            string[] range = parts[0].Split("..");
            int first = Convert.ToInt32(range[0], 16);
            values.AsSpan(first, Convert.ToInt32(range[1], 16) - first + 1).Fill(parse(parts[1]));
        }

        return values;
    }

    public static void Append<T>(StringBuilder text, T[] values)
        where T : notnull
    {
        for (int first = 0; first < values.Length;)
        {
            int end = first;
            while (end < values.Length && values[end].Equals(values[first]))
            {
                end++;
            }

            if (!values[first].Equals(default(T)))
            {
                text.Append($"{first:X4}..{end - 1:X4} ; {values[first]}\n");
            }

            first = end;
        }
    }
}
