using System.Text;
using Google.Protobuf;
using Roam.Lab;
using Roam.Tests.Transport.Wire;
using Roam.Transport;
using HostDiff = Roam.Tests.Transport.Wire.HostDiff;
using UserDiff = Roam.Tests.Transport.Wire.UserDiff;

namespace Roam.Tests.Transport;

/// <summary>Our span codec against Google's, both ways, on good and on mutated messages.</summary>
public sealed class ProtoOracleTests
{
    private const int Rounds = 3000;
    private const int MutationRounds = 20_000;

    private static readonly ExtensionRegistry UserExtensions = [UserDiff.UserExtensions.Keystroke, UserDiff.UserExtensions.Resize, UserDiff.UserExtensions.Hello, UserDiff.UserExtensions.Terminal];

    private static readonly ExtensionRegistry HostExtensions =
        [HostDiff.HostExtensions.Hostbytes, HostDiff.HostExtensions.Resize, HostDiff.HostExtensions.Echoack, HostDiff.HostExtensions.Welcome, HostDiff.HostExtensions.FarTerminal,
            HostDiff.HostExtensions.FrameLines, HostDiff.HostExtensions.ScreenExtras, HostDiff.HostExtensions.ExitStatus];

    private readonly SeededRandom _random = new(21);

    [Fact]
    public void Instructions_are_the_same_bytes_and_read_the_same()
    {
        for (int i = 0; i < Rounds; i++)
        {
            TransportMessage message = RandomInstruction();
            byte[] ours = Write(message);
            Assert.Equal(message.ToByteArray(), ours);
            Assert.True(TryRead(ours, out TransportMessage? read));
            Assert.Equal(message, read);
        }
    }

    [Fact]
    public void Mutated_instructions_are_refused_or_read_alike()
    {
        int refused = 0;
        for (int i = 0; i < MutationRounds; i++)
        {
            byte[] bytes = Mutate(RandomInstruction().ToByteArray());
            bool isGood = TryRead(bytes, out TransportMessage? ours);
            bool isGoodForOracle = TryParse(() => TransportMessage.Parser.ParseFrom(bytes), out TransportMessage? theirs);
            Assert.True(isGood == isGoodForOracle, Convert.ToHexString(bytes));
            refused += isGood ? 0 : 1;
            if (isGood)
            {
                Assert.Equal(Describe(theirs!), Describe(ours!));
            }
        }

        Assert.InRange(refused, MutationRounds / 20, MutationRounds * 19 / 20);
    }

    [Fact]
    public void User_diffs_are_the_same_bytes_and_read_the_same()
    {
        for (int i = 0; i < Rounds; i++)
        {
            UserDiff.UserMessage message = new();
            GrowingBuffer buffer = new();
            DiffWriter writer = new(buffer);
            for (int n = _random.Next(5); n > 0; n--)
            {
                AddUserItem(message, writer);
            }

            Assert.Equal(message.ToByteArray(), buffer.Written);
            Assert.Equal(Describe(message), Describe(buffer.Written));
        }
    }

    [Fact]
    public void Host_diffs_are_the_same_bytes_and_read_the_same()
    {
        for (int i = 0; i < Rounds; i++)
        {
            HostDiff.HostMessage message = new();
            GrowingBuffer buffer = new();
            DiffWriter writer = new(buffer);
            for (int n = _random.Next(5); n > 0; n--)
            {
                AddHostItem(message, writer);
            }

            Assert.Equal(message.ToByteArray(), buffer.Written);
            Assert.Equal(Describe(message), Describe(buffer.Written));
        }
    }

    [Fact]
    public void Mutated_diffs_are_refused_or_read_alike()
    {
        int refused = 0, compared = 0;
        for (int i = 0; i < MutationRounds; i++)
        {
            HostDiff.HostMessage message = new();
            DiffWriter writer = new(new GrowingBuffer());
            for (int n = 1 + _random.Next(3); n > 0; n--)
            {
                AddHostItem(message, writer);
            }

            byte[] bytes = Mutate(message.ToByteArray());
            string? ours = Describe(bytes);
            bool isGood = TryParse(() => HostDiff.HostMessage.Parser.WithExtensionRegistry(HostExtensions).ParseFrom(bytes), out HostDiff.HostMessage? theirs);
            if (IsReadInAnotherWay(bytes))
            {
                continue;
            }

            Assert.True(isGood == (ours is not null), Convert.ToHexString(bytes));
            refused += isGood ? 0 : 1;
            if (isGood)
            {
                compared++;
                Assert.Equal(Describe(theirs!), ours);
            }
        }

        Assert.InRange(refused, MutationRounds / 20, MutationRounds * 19 / 20);
        Assert.True(compared > MutationRounds / 20);
    }

    private TransportMessage RandomInstruction() => new()
    {
        ProtocolVersion = (uint)RandomNumber(),
        OldNum = RandomNumber(),
        NewNum = RandomNumber(),
        AckNum = RandomNumber(),
        ThrowawayNum = RandomNumber(),
        Diff = ByteString.CopyFrom(_random.NextBytes(_random.Next(4) == 0 ? 300 : _random.Next(12))),
        Chaff = ByteString.CopyFrom(_random.NextBytes(_random.Next(17))),
        LossReport = _random.Chance(500) ? new LossReport { Received = RandomNumber(), Highest = RandomNumber() } : null,
    };

    private ulong RandomNumber() => _random.Next(10) == 0 ? ulong.MaxValue : _random.NextUInt64() >> _random.Next(64);

    private byte[] Mutate(byte[] bytes)
    {
        for (int n = 1 + _random.Next(3); n > 0 && bytes.Length > 0; n--)
        {
            int at = _random.Next(bytes.Length);
            switch (_random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + 1)];
                    break;
                default:
                    bytes = [.. bytes.AsSpan(0, at), (byte)_random.Next(256), .. bytes.AsSpan(at)];
                    break;
            }
        }

        return bytes;
    }

    private void AddUserItem(UserDiff.UserMessage message, DiffWriter writer)
    {
        UserDiff.Instruction instruction = new();
        if (_random.Chance(300))
        {
            UserDiff.Resize resize = new() { Width = RandomSide(), Height = RandomSide() };
            instruction.SetExtension(UserDiff.UserExtensions.Resize, resize);
            writer.WriteResize(resize.Width, resize.Height);
        }
        else if (_random.Chance(300))
        {
            UserDiff.Hello hello = new() { Version = (uint)RandomNumber(), Software = ByteString.CopyFrom(_random.NextBytes(_random.Next(200))) };
            hello.Features.AddRange(RandomFeatures());
            byte[] terminal = _random.Chance(500) ? [] : RandomTerminal().ToByteArray();
            hello.Terminal = terminal.Length == 0 ? null : UserDiff.Terminal.Parser.ParseFrom(terminal);
            instruction.SetExtension(UserDiff.UserExtensions.Hello, hello);
            writer.WriteAnnouncement(new AnnouncementMessage { Version = hello.Version, FeatureBits = BitsOf(hello.Features), Software = hello.Software.Span, Terminal = terminal });
        }
        else if (_random.Chance(200))
        {
            UserDiff.Terminal terminal = RandomTerminal();
            instruction.SetExtension(UserDiff.UserExtensions.Terminal, terminal);
            writer.WriteTerminal(terminal.ToByteArray());
        }
        else
        {
            byte[] keys = _random.NextBytes(_random.Next(200));
            instruction.SetExtension(UserDiff.UserExtensions.Keystroke, new UserDiff.Keystroke { Keys = ByteString.CopyFrom(keys) });
            writer.WriteBytes(keys);
        }

        message.Instruction.Add(instruction);
    }

    private void AddHostItem(HostDiff.HostMessage message, DiffWriter writer)
    {
        HostDiff.Instruction instruction = new();
        switch (_random.Next(8))
        {
            case 0:
                HostDiff.Resize resize = new() { Width = RandomSide(), Height = RandomSide() };
                instruction.SetExtension(HostDiff.HostExtensions.Resize, resize);
                writer.WriteResize(resize.Width, resize.Height);
                break;
            case 1:
                HostDiff.EchoAck echoAck = new() { EchoAckNum = RandomNumber() };
                instruction.SetExtension(HostDiff.HostExtensions.Echoack, echoAck);
                writer.WriteEchoAck(echoAck.EchoAckNum);
                break;
            case 2:
                HostDiff.Welcome welcome = new() { Version = (uint)RandomNumber(), Software = ByteString.CopyFrom(_random.NextBytes(_random.Next(200))) };
                welcome.Features.AddRange(RandomFeatures());
                instruction.SetExtension(HostDiff.HostExtensions.Welcome, welcome);
                writer.WriteAnnouncement(new AnnouncementMessage { Version = welcome.Version, FeatureBits = BitsOf(welcome.Features), Software = welcome.Software.Span });
                break;
            case 3:
                HostDiff.FarTerminal far = new() { Flags = (uint)RandomNumber() };
                instruction.SetExtension(HostDiff.HostExtensions.FarTerminal, far);
                writer.WriteFarTerminal(far.Flags);
                break;
            case 4:
                AddFrameLines(instruction, writer);
                break;
            case 6:
                HostDiff.ScreenExtras extras = ScreenExtrasFieldTests.RandomExtras(_random, out byte[] written);
                instruction.SetExtension(HostDiff.HostExtensions.ScreenExtras, extras);
                writer.WriteScreenExtras(written);
                break;
            case 7:
                HostDiff.ExitStatus status = new() { Code = (uint)RandomNumber() };
                if (_random.Chance(500))
                {
                    status.Signal = 1 + ((uint)RandomNumber() / 2);
                }

                instruction.SetExtension(HostDiff.HostExtensions.ExitStatus, status);
                writer.WriteExitStatus(new ExitStatusMessage(status.Code, status.Signal));
                break;
            default:
                byte[] bytes = _random.NextBytes(_random.Next(200));
                instruction.SetExtension(HostDiff.HostExtensions.Hostbytes, new HostDiff.HostBytes { Hoststring = ByteString.CopyFrom(bytes) });
                writer.WriteBytes(bytes);
                break;
        }

        message.Instruction.Add(instruction);
    }

    /// <summary>As we write it: what is zero is left out, but for the number.</summary>
    private void AddFrameLines(HostDiff.Instruction instruction, DiffWriter writer)
    {
        HostDiff.FrameLines lines = new() { LinesAbove = RandomNumber() };
        bool isAlternate = _random.Chance(300);
        byte[] wraps = _random.NextBytes(_random.Next(9));
        if (isAlternate)
        {
            lines.Flags = 1;
        }

        if (wraps.Length != 0)
        {
            lines.Wraps = ByteString.CopyFrom(wraps);
        }

        instruction.SetExtension(HostDiff.HostExtensions.FrameLines, lines);
        writer.WriteFrameLines(new FrameLinesMessage { LinesAbove = lines.LinesAbove, IsAlternate = isAlternate, Wraps = wraps });
    }

    private UserDiff.Terminal RandomTerminal()
    {
        UserDiff.Terminal terminal = new() { Term = ByteString.CopyFrom(_random.NextBytes(1 + _random.Next(20))), Colors = (uint)RandomNumber() };
        if (_random.Chance(500))
        {
            (terminal.TrueColor, terminal.KeyboardFlags, terminal.Foreground, terminal.ColorScheme) = (true, 0, (uint)RandomNumber(), 2);
        }

        return terminal;
    }

    /// <summary>Ascending, as we write them.</summary>
    private List<uint> RandomFeatures() => [.. Enumerable.Range(0, AnnouncementMessage.FeatureMax + 1).Where(_ => _random.Chance(100)).Select(i => (uint)i)];

    private static ulong BitsOf(IEnumerable<uint> features) =>
        features.Where(f => f <= AnnouncementMessage.FeatureMax).Aggregate(0UL, (bits, f) => bits | (1UL << (int)f));

    private int RandomSide() => _random.Chance(100) ? -_random.Next(1000) : _random.Next(1 << (1 + _random.Next(18)));

    private static byte[] Write(TransportMessage message)
    {
        GrowingBuffer buffer = new();
        new TransportInstruction
        {
            Version = message.ProtocolVersion,
            OldNumber = message.OldNum,
            NewNumber = message.NewNum,
            AckNumber = message.AckNum,
            ThrowawayNumber = message.ThrowawayNum,
            Diff = message.Diff.Span,
            Chaff = message.Chaff.Span,
            HasReport = message.LossReport is not null,
            ReportReceived = message.LossReport?.Received ?? 0,
            ReportHighest = message.LossReport?.Highest ?? 0,
        }.Write(buffer);
        return buffer.Written.ToArray();
    }

    private static bool TryRead(byte[] bytes, out TransportMessage? message)
    {
        message = null;
        if (!TransportInstruction.TryRead(bytes, out TransportInstruction instruction))
        {
            return false;
        }

        message = new TransportMessage
        {
            ProtocolVersion = instruction.Version,
            OldNum = instruction.OldNumber,
            NewNum = instruction.NewNumber,
            AckNum = instruction.AckNumber,
            ThrowawayNum = instruction.ThrowawayNumber,
            Diff = ByteString.CopyFrom(instruction.Diff),
            Chaff = ByteString.CopyFrom(instruction.Chaff),
            LossReport = instruction.HasReport ? new LossReport { Received = instruction.ReportReceived, Highest = instruction.ReportHighest } : null,
        };
        return true;
    }

    private static bool TryParse<T>(Func<T> parse, out T? message)
        where T : class
    {
        try
        {
            message = parse();
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            message = null;
            return false;
        }
    }

    private static string Describe(TransportMessage m) =>
        $"{m.ProtocolVersion} {m.OldNum} {m.NewNum} {m.AckNum} {m.ThrowawayNum} {m.Diff.ToBase64()} {m.Chaff.ToBase64()} {m.LossReport?.Received} {m.LossReport?.Highest}";

    /// <summary>Null when malformed.</summary>
    private static string? Describe(ReadOnlySpan<byte> diff)
    {
        StringBuilder text = new();
        DiffReader reader = new(diff);
        while (reader.Next())
        {
            DiffItem item = reader.Current;
            _ = item.Kind switch
            {
                DiffItemKind.Bytes => text.Append($"b{Convert.ToHexString(item.Bytes)};"),
                DiffItemKind.Resize => text.Append($"r{item.Width}x{item.Height};"),
                DiffItemKind.EchoAck => text.Append($"e{item.EchoAck};"),
                DiffItemKind.FarTerminal => text.Append($"f{item.FarTerminal};"),
                DiffItemKind.ScreenExtras => text.Append("x;"),
                DiffItemKind.ExitStatus => text.Append($"s{item.ExitStatus.Code},{item.ExitStatus.Signal};"),
                DiffItemKind.Terminal => text.Append($"t{Convert.ToHexString(item.Bytes)};"),
                DiffItemKind.FrameLines => text.Append($"l{item.FrameLines.LinesAbove},{item.FrameLines.IsAlternate},{Convert.ToHexString(item.FrameLines.Wraps)};"),
                _ => text.Append(DescribeAnnouncement(item.Announcement.Version, item.Announcement.FeatureBits, item.Announcement.Software)),
            };
        }

        return reader.Failed ? null : text.ToString();
    }

    private static string DescribeAnnouncement(uint version, ulong features, ReadOnlySpan<byte> software) => $"a{version},{features:X},{Convert.ToHexString(software)};";

    private static string Describe(UserDiff.UserMessage message)
    {
        // Through bytes and back, so that the registry is what finds the extensions.
        UserDiff.UserMessage parsed = UserDiff.UserMessage.Parser.WithExtensionRegistry(UserExtensions).ParseFrom(message.ToByteArray());
        StringBuilder text = new();
        foreach (UserDiff.Instruction i in parsed.Instruction)
        {
            _ = i.GetExtension(UserDiff.UserExtensions.Keystroke) is { } k ? text.Append($"b{Convert.ToHexString(k.Keys.Span)};") : text;
            _ = i.GetExtension(UserDiff.UserExtensions.Resize) is { } r ? text.Append($"r{r.Width}x{r.Height};") : text;
            _ = i.GetExtension(UserDiff.UserExtensions.Terminal) is { } t ? text.Append($"t{Convert.ToHexString(t.ToByteArray())};") : text;
            _ = i.GetExtension(UserDiff.UserExtensions.Hello) is { } h ? text.Append(DescribeAnnouncement(h.Version, BitsOf(h.Features), h.Software.Span)) : text;
        }

        return text.ToString();
    }

    private static string Describe(HostDiff.HostMessage message)
    {
        HostDiff.HostMessage parsed = HostDiff.HostMessage.Parser.WithExtensionRegistry(HostExtensions).ParseFrom(message.ToByteArray());
        StringBuilder text = new();
        foreach (HostDiff.Instruction i in parsed.Instruction)
        {
            _ = i.GetExtension(HostDiff.HostExtensions.Hostbytes) is { } b ? text.Append($"b{Convert.ToHexString(b.Hoststring.Span)};") : text;
            _ = i.GetExtension(HostDiff.HostExtensions.Resize) is { } r ? text.Append($"r{r.Width}x{r.Height};") : text;
            _ = i.GetExtension(HostDiff.HostExtensions.Echoack) is { } e ? text.Append($"e{e.EchoAckNum};") : text;
            _ = i.GetExtension(HostDiff.HostExtensions.Welcome) is { } w ? text.Append(DescribeAnnouncement(w.Version, BitsOf(w.Features), w.Software.Span)) : text;
            _ = i.GetExtension(HostDiff.HostExtensions.FarTerminal) is { } f ? text.Append($"f{f.Flags};") : text;
            _ = i.GetExtension(HostDiff.HostExtensions.ScreenExtras) is not null ? text.Append("x;") : text;
            _ = i.GetExtension(HostDiff.HostExtensions.ExitStatus) is { } s ? text.Append($"s{s.Code},{s.Signal};") : text;
            _ = i.GetExtension(HostDiff.HostExtensions.FrameLines) is { } l ? text.Append($"l{l.LinesAbove},{(l.Flags & 1) != 0},{Convert.ToHexString(l.Wraps.Span)};") : text;
        }

        return text.ToString();
    }

    /// <summary>
    /// A terminal is no part of a host message, though our reader looks at it. Google's reader merges two of the same extension in one Instruction, and takes an extension by its number whatever its wire type says.
    /// We take the first kind one after the other and skip the second as unknown. No peer sends either.
    /// </summary>
    private static bool IsReadInAnotherWay(byte[] diff)
    {
        ProtoReader reader = new(diff);
        while (reader.Next())
        {
            if (!reader.At(1, ProtoWireType.LengthDelimited))
            {
                continue;
            }

            int known = 0;
            ProtoReader instruction = new(reader.ReadBytes());
            bool goesOn = true;
            while (goesOn)
            {
                goesOn = instruction.Next();
                bool isKnown = (goesOn || instruction.Failed) && instruction.Field is 2 or 3 or 7 or 100 or 102 or 103 or 104 or 105;
                known += isKnown ? 1 : 0;
                if (instruction.At(103, ProtoWireType.LengthDelimited) && HasPackedColors(instruction.ReadBytes()))
                {
                    return true;
                }

                if (known > 1 || instruction.Field == 101 || (isKnown && instruction.WireType != ProtoWireType.LengthDelimited))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Google's reader takes a packed field of negative length for an empty one.</summary>
    private static bool HasPackedColors(ReadOnlySpan<byte> extras)
    {
        ProtoReader reader = new(extras);
        bool any = false;
        while (!any && reader.Next())
        {
            any = reader.At(4, ProtoWireType.LengthDelimited);
        }

        return any;
    }
}
