using System.Globalization;
using System.Text;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Tests.Terminal.History;

/// <summary>Kept lines as text for pipes and pagers.</summary>
public sealed class HistoryTextTests
{
    [Fact]
    public void Plain_text_has_no_renditions_and_wrapped_rows_are_one_line()
    {
        Emulator emulator = new(5, 2, new EmulatorOptions { HistoryLines = 100 });
        emulator.Write("\e[1mone\e[m\r\nabcdefgh\r\nabcd中x\r\n\r\nend \r\n\n");
        Assert.Equal("one\nabcdefgh\nabcd中x\n\nend \n", Text(new HistoryText(emulator.History!, withRenditions: false)));
    }

    [Fact]
    public void With_renditions_each_line_begins_and_ends_with_the_default()
    {
        Emulator emulator = new(20, 1, new EmulatorOptions { HistoryLines = 100 });
        emulator.Write("\e[31mred\r\nmore\e[m \e]8;;http://x/\e\\link\e]8;;\e\\\r\n");
        Assert.Equal("\e[0;31mred\e[0m\n\e[0;31mmore\e[0m \e]8;;http://x/\e\\link\e]8;;\e\\\n", Text(new HistoryText(emulator.History!, withRenditions: true)));
    }

    [Fact]
    public void What_is_pushed_out_while_it_is_read_is_said()
    {
        Emulator emulator = new(20, 1, new EmulatorOptions { HistoryLines = 10 });
        Lines(emulator, 0, 10);
        HistoryText text = new(emulator.History!, withRenditions: false);
        GrowingBuffer first = new();
        Assert.True(text.TryWriteNext(first));
        Assert.Equal("0\n", Encoding.UTF8.GetString(first.Written));
        Lines(emulator, 10, 15);
        Assert.Equal("[... 4 lines not kept ...]\n5\n6\n7\n8\n9\n", Text(text));
        HistoryText late = new(emulator.History!, withRenditions: false);
        Lines(emulator, 15, 60);
        Assert.Equal("[... 10 lines not kept ...]\n", Text(late));
    }

    private static void Lines(Emulator emulator, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            emulator.Write(i.ToString(CultureInfo.InvariantCulture) + "\r\n");
        }
    }

    private static string Text(HistoryText text)
    {
        GrowingBuffer all = new();
        while (text.TryWriteNext(all))
        {
        }

        return Encoding.UTF8.GetString(all.Written);
    }
}
