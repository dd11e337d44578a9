using System.Globalization;
using System.Text;

namespace Roam.Lab;

/// <summary>The recorded scores, a table in the repository: one line a recording, kind of server and group.</summary>
internal sealed class PredictRecord
{
    private const string Header = "recording\tserver\tgroup\tkeys\tvisible\tshown\tshown_at_cursor\twrong_cells\twrong_cursors\tleaked";

    private readonly Dictionary<(string Name, string Server), PredictionScore> _scores = [];

    public static PredictRecord Load(TypingSet set)
    {
        string? file = set.Table;
        using TextReader text = file is not null && File.Exists(file) ? File.OpenText(file) : TextReader.Null;
        return Read(text);
    }

    public static PredictRecord Read(TextReader text)
    {
        PredictRecord record = new();
        string? line = text.ReadLine();
        if (line is not null && line != Header)
        {
            throw new InvalidDataException("the record of predictions has other columns: make it anew with --record");
        }

        while ((line = text.ReadLine()) is not null)
        {
            string[] f = line.Split('\t');
            int[] n = [.. f[3..].Select(v => int.Parse(v, CultureInfo.InvariantCulture))];
            GroupScore group = new(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
            PredictionScore score = f[2] == "text" ? new PredictionScore(group, default) : new PredictionScore(default, group);
            record._scores[(f[0], f[1])] = record._scores.GetValueOrDefault((f[0], f[1])) + score;
        }

        return record;
    }

    public static string Write(IEnumerable<PredictResult> results)
    {
        StringBuilder text = new(Header + "\n");
        foreach (PredictResult result in results)
        {
            Append(text, result, "text", result.Score.Text);
            Append(text, result, "command", result.Score.Command);
        }

        return text.ToString();
    }

    public PredictionScore? Find(PredictResult result) => _scores.TryGetValue((result.Name, result.Server), out PredictionScore score) ? score : null;

    private static void Append(StringBuilder text, PredictResult result, string group, GroupScore s)
    {
        if (s.Keys != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Name}\t{result.Server}\t{group}\t{s.Keys}\t{s.Visible}\t{s.Shown}\t{s.ShownAtCursor}\t{s.WrongCells}\t{s.WrongCursors}\t{s.Leaked}\n");
        }
    }
}
