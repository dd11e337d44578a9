using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Roam.Session;
using Roam.Tests.House;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>docs/protocol.md says what the code does: its vectors are made here. ROAM_UPDATE_VECTORS=1 writes them anew.</summary>
public sealed partial class ProtocolDocumentTests
{
    private const string Begin = "<!-- vectors: made by ProtocolDocumentTests -->\n```text\n";
    private const string End = "```\n<!-- end of vectors -->";

    private static readonly string DocumentPath = Path.Combine(SourceTree.Root, "docs", "protocol.md");

    [Fact]
    public void The_vectors_in_the_document_are_those_of_the_code()
    {
        string document = File.ReadAllText(DocumentPath);
        int begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = document.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin > Begin.Length && end >= begin, "docs/protocol.md has lost its vector block");
        string vectors = MakeVectors();
        if (Environment.GetEnvironmentVariable("ROAM_UPDATE_VECTORS") == "1")
        {
            File.WriteAllText(DocumentPath, string.Concat(document.AsSpan(0, begin), vectors, document.AsSpan(end)));
            return;
        }

        Assert.Equal(vectors, document[begin..end]);
    }

    [Theory]
    [InlineData("Features")]
    [InlineData("Extensions of a user Instruction")]
    [InlineData("Extensions of a host Instruction")]
    [InlineData("Fields of the transport instruction")]
    public void No_feature_or_extension_number_is_used_twice(string table)
    {
        List<int> numbers = [.. RowsOf(table).Select(r => r.Number)];
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public void The_features_in_the_document_are_those_of_the_code()
    {
        // GetNames lists a name whose number another one has, too.
        IEnumerable<(int, string)> inCode = Enum.GetNames<Feature>().Select(n => ((int)Enum.Parse<Feature>(n), n.ToUpperInvariant())).Order();
        IEnumerable<(int, string)> inDocument = RowsOf("Features").Select(r => (r.Number, r.Name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()));
        Assert.Equal(inDocument, inCode);
        Assert.All(Enum.GetValues<Feature>(), f => Assert.InRange((int)f, 1, AnnouncementMessage.FeatureMax));
    }

    private static List<(int Number, string Name)> RowsOf(string table)
    {
        string document = File.ReadAllText(DocumentPath);
        int at = document.IndexOf($"### {table}\n", StringComparison.Ordinal);
        Assert.True(at >= 0, $"docs/protocol.md has lost its table '{table}'");
        string section = document[at..];
        int next = section.IndexOf("\n#", 1, StringComparison.Ordinal);
        section = next < 0 ? section : section[..next];
        return [.. NumberedRow().Matches(section).Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m.Groups[2].Value))];
    }

    private static string MakeVectors()
    {
        byte[] keyBytes = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        SessionKey key = new(keyBytes);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"key bytes      {Convert.ToHexString(keyBytes)}\n");
        text.Append(CultureInfo.InvariantCulture, $"key text       {key.ToBase64()}\n");

        GrowingBuffer diff = new();
        DiffWriter writer = new(diff);
        writer.WriteResize(80, 24);
        writer.WriteBytes("ls\r"u8);
        Append(text, "client to server: resize 80x24, keys l s CR", key, Side.Client, 0, 0x1234, DatagramCodec.NoTimestamp, 0, 1, 0, diff);

        diff.Clear();
        writer.WriteEchoAck(1);
        writer.WriteBytes("$ ls\r\n"u8);
        Append(text, "server to client: echo ack 1, hostbytes; acknowledges state 1", key, Side.Server, 5, 0xABCD, 0x1240, 0, 3, 1, diff);

        // The text is fixed here: the vectors must not change with every version.
        diff.Clear();
        writer.WriteAnnouncement(new AnnouncementMessage { Version = 1, FeatureBits = 1UL << (int)Feature.LossReport, Software = "roam 0.1.0"u8 });
        writer.WriteResize(80, 24);
        Append(text, "client to server: hello, resize 80x24", key, Side.Client, 1, 0x1234, DatagramCodec.NoTimestamp, 0, 1, 0, diff);

        diff.Clear();
        writer.WriteEchoAck(1);
        writer.WriteAnnouncement(new AnnouncementMessage { Version = 1, FeatureBits = 1UL << (int)Feature.LossReport, Software = "roam 0.1.0"u8 });
        writer.WriteBytes("$ "u8);
        Append(
            text, "server to client: echo ack 1, welcome, hostbytes; loss report 299 of 301", key, Side.Server, 6, 0xABCD, 0x1240, 0, 4, 1, diff, (299, 301));

        diff.Clear();
        Append(text, "client to server: the end, nothing new", key, Side.Client, 7, 0x2000, DatagramCodec.NoTimestamp, 1, SspLimits.ShutdownNumber, 3, diff);
        return text.ToString();
    }

    private static void Append(
        StringBuilder text,
        string title,
        SessionKey key,
        Side side,
        ulong sequence,
        ushort timestamp,
        ushort reply,
        ulong oldNumber,
        ulong newNumber,
        ulong ack,
        GrowingBuffer diff,
        (ulong Received, ulong Highest)? report = null)
    {
        GrowingBuffer message = new();
        TransportInstruction instruction = new()
        {
            Version = SspLimits.ProtocolVersion,
            OldNumber = oldNumber,
            NewNumber = newNumber,
            AckNumber = ack,
            ThrowawayNumber = oldNumber,
            Diff = diff.Written,
            Chaff = [0xC0, 0xFF],
            HasReport = report is not null,
            ReportReceived = report?.Received ?? 0,
            ReportHighest = report?.Highest ?? 0,
        };
        instruction.Write(message);
        Fragmenter fragmenter = new();
        new InstructionCodec(new StoredCompressor()).Encode(instruction, fragmenter.Instruction);
        fragmenter.Start();
        byte[] datagram = new byte[1500];
        int fragment = fragmenter.Take(datagram.AsSpan(DatagramCodec.HeaderBytes));
        string fragmentHex = Convert.ToHexString(datagram, DatagramCodec.HeaderBytes, fragment);
        DatagramCodec codec = new(side, key) { NextSequence = sequence };
        int length = codec.Seal(datagram, timestamp, reply, fragment);
        text.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
        text.Append(CultureInfo.InvariantCulture, $"diff           {(diff.Length == 0 ? "(empty)" : Convert.ToHexString(diff.Written))}\n");
        text.Append(CultureInfo.InvariantCulture, $"instruction    {Convert.ToHexString(message.Written)}\n");
        text.Append(CultureInfo.InvariantCulture, $"ocb nonce      00000000{Convert.ToHexString(datagram, 0, 8)}\n");
        text.Append(CultureInfo.InvariantCulture, $"plaintext      {timestamp:X4}{reply:X4}{fragmentHex}\n");
        text.Append(CultureInfo.InvariantCulture, $"datagram       {Convert.ToHexString(datagram, 0, length)}\n");
    }

    [GeneratedRegex(@"^\| (\d+) \| ([^|:]+?) *[|:]", RegexOptions.Multiline)]
    private static partial Regex NumberedRow();
}
