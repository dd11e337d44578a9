using System.Buffers;
using System.Text;
using Roam.Terminal;

namespace Roam.Tests.Terminal.Display;

/// <summary>Committing lines and drawing frames allocates nothing in steady state.</summary>
public sealed class CanvasAllocationTests
{
    private const int Rounds = 100;

    /// <summary>Until the log's segments are used a second time.</summary>
    private const int WarmUps = 20;

    public static TheoryData<string> Outputs() =>
    [
        "a line\r\n",
        "\e[32mcolours\e[m and " + new string('x', 200) + "\r\n",
        "漢字かな交じり文を表示する。中文字符测试漢字かな交じり文を表示する。中文字符测试\r\n",
        "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\n",
        "\e[H\e[2Jcleared\e[24H\r\n",
    ];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_turn_allocates_nothing(string output)
    {
        byte[] text = Encoding.UTF8.GetBytes(output);
        Emulator server = new(80, 24, new EmulatorOptions { HistoryLines = 100 });
        TerminalPainter painter = new(CanvasScene.Capabilities, new TerminalPainterOptions { NativeScrollback = true });
        painter.Resize(80, 24);
        ArrayBufferWriter<byte> bytes = new(1 << 20);
        painter.WriteOpen(bytes, nativeScrollback: true);
        PendingHistory pending = new();
        ulong arrived = 0;
        for (int i = 0; i < WarmUps; i++)
        {
            Turns();
        }

        Allocation.AssertNone(() => Turns());

        void Turns()
        {
            for (int i = 0; i < Rounds; i++)
            {
                server.Write(text);
                while (arrived < server.History!.Next)
                {
                    _ = server.History.TryGet(arrived, out ReadOnlySpan<byte> record);
                    _ = pending.Append(arrived++, record);
                }

                while (painter.Paint(server.Screen, pending, bytes))
                {
                }

                bytes.ResetWrittenCount();
            }
        }
    }
}
