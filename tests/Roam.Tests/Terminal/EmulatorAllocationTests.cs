using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class EmulatorAllocationTests
{
    private const int Rounds = 200;

    public static TheoryData<string> Outputs() =>
    [
        "The quick brown fox jumps over the lazy dog.\r\n",
        "\e[0;1;31mred\e[0;38;5;200;48;2;1;2;3mcolours\e[4:3;58:5:9mcurly\e[m\r\n",
        "漢字かな交じり文を表示する。中文字符测试\r\n",
        "Voilà e\u0301te\u0301 \U0001F468\u200d\U0001F469\r\n",
        "\e[?2027h\U0001F468\u200d\U0001F469 \U0001F1EB\U0001F1F7 \u2764\ufe0f \u1112\u1161\u11ab \u0915\u094d\u0924 中文\e[3b\r\n",
        "\e[2J\e[H\e[5;10r\e[5;1H\eM\e[3L\e[2M\e[4@\e[2P\e[9X\e[K\e[S\e[T\e[r",
        "\e]2;the same title\a\e]8;;http://example.com/\e\\link\e]8;;\e\\\a",
        "\e[?1049h\e[Htext\e[?1049l\e7\e[5;5H\e8\e[c\e[6n\e[?7$p",
        "\e[?2026hframe\e[?2026l",
        "\e[?69h\e[10;70s\e[5;15r\e[15;12Hlong enough for one more line between these margins, and for another\r\n\e[2S\e[3T\e[5;20H\e[2L\e[M\e['}\e6\e[r\e[?69l",
        "\e[1;1;5;20;1;2;2;1$v\e[42;3;3;6;9$x\e[2;2;4;9$z\e[1\"qp\e[0\"q\e[1;1;9;9${\e[?2J\eVg\eW\e[2J\e[1;1;9;9;1;4$r\e[#{\e[#}",
        "\e]7;file://host/home\a\e]4;1;#102030;2;red\a\e]10;white;black\a\e]12;red\a\e]22;text\a\e]9;4;1;50\a\e]133;A\a\e]133;B\a$ \r\n\e]133;C\a\e]133;D;0\a",
        "\e]4;1;?;300;?\a\e]11;?\e\\\e[?15n\eP$qm\e\\\eP+q544e;436f;6b6631\e\\\e[1$w\e[2$w\e[18t\e[22t\e[23t\e[?7s\e[?7r\e[?2048h",
    ];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Steady_output_allocates_nothing(string text)
    {
        byte[] output = Encoding.UTF8.GetBytes(text);
        Emulator emulator = TerminalText.Create(80, 24);
        Turns(emulator, output);
        Allocation.AssertNone(() => Turns(emulator, output));
    }

    private static void Turns(Emulator emulator, byte[] output)
    {
        for (int i = 0; i < Rounds; i++)
        {
            Screen snapshot = emulator.Screen.Snapshot();
            emulator.Write(output);
            emulator.ClearReplies();
            snapshot.Release();
        }
    }
}
