namespace Roam.Lab;

/// <summary>Real output to be damaged: each recording as the pieces in which the program wrote it.</summary>
internal sealed record RecordingCorpus(IReadOnlyList<byte[][]> Recordings)
{
    /// <summary>All recordings (*.cast) and raw outputs (*.in: one piece a line) of a folder.</summary>
    public static RecordingCorpus Load(string folder)
    {
        List<byte[][]> recordings = [];
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            byte[][] pieces = Path.GetExtension(file) switch
            {
                ".cast" => [.. Recording.Load(file).Events.Where(e => e.Kind == RecordingEventKind.Output).Select(e => e.Bytes)],
                ".in" => Lines(File.ReadAllBytes(file)),
                _ => [],
            };
            if (pieces.Length > 0)
            {
                recordings.Add(pieces);
            }
        }

        return recordings.Count > 0 ? new RecordingCorpus(recordings) : throw new FormatException($"{folder} holds no *.cast and no *.in");
    }

    private static byte[][] Lines(byte[] output)
    {
        List<byte[]> lines = [];
        for (int start = 0, end; start < output.Length; start = end)
        {
            int feed = output.AsSpan(start).IndexOf((byte)'\n');
            end = feed < 0 ? output.Length : start + feed + 1;
            lines.Add(output[start..end]);
        }

        return [.. lines];
    }
}
