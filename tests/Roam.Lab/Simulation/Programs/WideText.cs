using System.Text;

namespace Roam.Lab;

/// <summary>Echoes keys as text of many scripts: wide characters, combining marks, emoji, at every column, so that they meet the margin.</summary>
internal sealed class WideText(SimRandom random) : SimProgram(random)
{
    private static readonly string[] Pieces =
    [
        "日本語", "한글", "中", "é", "e\u0301", "ñ", "n\u0303\u0323", "ﬀ", "Ω", "жук", "שלום", "नमस्ते", "👍", "👩‍👩‍👧", "🇯🇵", "☺️", "…", "│", "─┼", "a", "bc", " ", "\u200b",
    ];

    protected override void OnStart(long nowMicros) => Write(nowMicros, 1000, "> ");

    protected override void OnInput(long nowMicros, ReadOnlySpan<byte> keys)
    {
        StringBuilder text = new();
        foreach (byte key in keys)
        {
            text.Append(key switch
            {
                (byte)'\r' => "\r\n> ",
                0x7F => "\b \b",
                0x1B => "\e[2D",
                _ => Pieces[Random.Below(Pieces.Length)],
            });
            if (Random.Below(10) == 0)
            {
                text.Append("\e[").Append(1 + Random.Below(Height)).Append(';').Append(1 + Random.Below(Width)).Append('H');
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());

        // Cut anywhere, also inside a character: the pty does so too.
        int cut = Random.Below(bytes.Length + 1);
        Write(nowMicros, Random.Between(300, 3000), bytes.AsSpan(0, cut));
        Write(nowMicros, Random.Between(300, 3000), bytes.AsSpan(cut));
    }
}
