using Google.Protobuf;
using Roam.Lab;
using Roam.Transport;
using HostDiff = Roam.Tests.Transport.Wire.HostDiff;

namespace Roam.Tests.Transport;

/// <summary>Screen extras on the wire. The bytes are those of docs/protocol.md, section 8.</summary>
public sealed class ScreenExtrasFieldTests
{
    [Fact]
    public void A_text_put_on_the_clipboard_twice_is_these_bytes_for_us_and_for_the_oracle()
    {
        HostDiff.ScreenExtras extras = new() { Selection = { new HostDiff.ExtraEvent { Count = 2, Text = ByteString.CopyFromUtf8("aGk="), Which = 0 } } };
        HostDiff.Instruction instruction = new();
        instruction.SetExtension(HostDiff.HostExtensions.ScreenExtras, extras);
        Assert.Equal("0A0FBA060C320A08021A0461476B3D2000", Convert.ToHexString(new HostDiff.HostMessage { Instruction = { instruction } }.ToByteArray()));
        GrowingBuffer message = new(), diff = new();
        new ScreenExtrasWriter(message).WriteSelection(0, 2, "aGk=", -1);
        new DiffWriter(diff).WriteScreenExtras(message.Written);
        Assert.Equal("0A0FBA060C320A08021A0461476B3D2000", Convert.ToHexString(diff.Written));
    }

    [Fact]
    public void Any_extras_are_the_same_bytes_for_us_and_for_the_oracle_and_read_the_same()
    {
        SeededRandom random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            HostDiff.ScreenExtras extras = RandomExtras(random, out byte[] written);
            Assert.Equal(Convert.ToHexString(extras.ToByteArray()), Convert.ToHexString(written));
            Assert.Equal(Describe(extras), Describe(written));
        }
    }

    [Theory]
    [InlineData("0A05BA06020A01", "a directory that never comes")]
    [InlineData("0A06BA0603320108", "a count that never comes")]
    [InlineData("0A05BA06021880", "half a number")]
    [InlineData("0A04BA060508", "shorter than it says")]
    public void Malformed_ones_are_refused(string hex, string what)
    {
        DiffReader reader = new(Convert.FromHexString(hex));
        Assert.False(reader.Next());
        Assert.True(reader.Failed, what);
    }

    [Fact]
    public void Fields_of_a_later_version_and_fields_of_another_type_are_skipped()
    {
        ScreenExtrasReader reader = new(Convert.FromHexString("420161" + "0801" + "1A0161" + "188206"));
        Assert.True(reader.Next());
        Assert.Equal((ScreenExtraKind.Progress, 0x302ul), (reader.Kind, reader.Number));
        Assert.False(reader.Next());
        Assert.False(reader.Failed);
    }

    /// <summary>For the oracle tests: extras, and the bytes that we write for them.</summary>
    internal static HostDiff.ScreenExtras RandomExtras(SeededRandom random, out byte[] written)
    {
        HostDiff.ScreenExtras extras = new();
        GrowingBuffer buffer = new();
        ScreenExtrasWriter writer = new(buffer);
        if (random.Chance(300))
        {
            extras.WorkingDirectory = ByteString.CopyFromUtf8("file://höst/" + random.Next(1000));
            writer.WriteText(ScreenExtraKind.WorkingDirectory, extras.WorkingDirectory.ToStringUtf8());
        }

        if (random.Chance(300))
        {
            extras.PointerShape = ByteString.CopyFromUtf8(random.Chance(500) ? "" : "text");
            writer.WriteText(ScreenExtraKind.PointerShape, extras.PointerShape.ToStringUtf8());
        }

        if (random.Chance(300))
        {
            extras.Progress = (ulong)random.Next(2000);
            writer.WriteNumber(ScreenExtraKind.Progress, extras.Progress);
        }

        for (int n = random.Next(4); n > 0; n--)
        {
            extras.Color.Add((random.NextUInt64() & 0xFFFFFF) | ((ulong)random.Next(271) << 25) | (1 << 24));
            writer.WriteNumber(ScreenExtraKind.Color, extras.Color[^1]);
        }

        if (random.Chance(300))
        {
            extras.Notification = new() { Count = (ulong)random.Next(400), Title = ByteString.CopyFromUtf8("tïtle"), Text = ByteString.CopyFromUtf8("done " + random.Next(9)) };
            writer.WriteNotification(extras.Notification.Count, "tïtle", extras.Notification.Text.ToStringUtf8());
        }

        for (int n = random.Next(3); n > 0; n--)
        {
            AddSelection(extras, random, writer);
        }

        if (random.Chance(200))
        {
            extras.Refusal = new() { Count = (ulong)random.Next(400), Which = 1 };
            writer.WriteRefusal(extras.Refusal.Count, 1);
        }

        written = buffer.Written.ToArray();
        return extras;
    }

    private static void AddSelection(HostDiff.ScreenExtras extras, SeededRandom random, in ScreenExtrasWriter writer)
    {
        HostDiff.ExtraEvent selection = new() { Count = (ulong)random.Next(400), Which = (uint)random.Next(12) };
        string? text = null;
        int sameAs = -1;
        switch (random.Next(3))
        {
            case 0:
                text = new string('A', random.Next(300));
                selection.Text = ByteString.CopyFromUtf8(text);
                break;
            case 1:
                sameAs = random.Next(12);
                selection.SameAs = (uint)sameAs;
                break;
        }

        extras.Selection.Add(selection);
        writer.WriteSelection((int)selection.Which, selection.Count, text, sameAs);
    }

    private static string Describe(HostDiff.ScreenExtras extras) => string.Join(';',
    [
        extras.HasWorkingDirectory ? "1" + extras.WorkingDirectory.ToBase64() : "", extras.HasPointerShape ? "2" + extras.PointerShape.ToBase64() : "",
        extras.HasProgress ? "3" + extras.Progress : "", .. extras.Color.Select(c => "4" + c), Describe(5, extras.Notification),
        .. extras.Selection.Select(s => Describe(6, s)), Describe(7, extras.Refusal),
    ]).Replace(";;", ";", StringComparison.Ordinal).Replace(";;", ";", StringComparison.Ordinal).Replace(";;", ";", StringComparison.Ordinal).Trim(';');

    private static string Describe(int kind, HostDiff.ExtraEvent? e) =>
        e is null ? "" : $"{kind}{e.Count},{e.Title.ToBase64()},{e.HasText},{e.Text.ToBase64()},{e.Which},{(e.HasSameAs ? e.SameAs : null)}";

    private static string Describe(ReadOnlySpan<byte> message)
    {
        List<string> items = [];
        ScreenExtrasReader reader = new(message);
        while (reader.Next())
        {
            int kind = (int)reader.Kind;
            items.Add(reader.Kind switch
            {
                ScreenExtraKind.WorkingDirectory or ScreenExtraKind.PointerShape => kind + Convert.ToBase64String(reader.Text),
                ScreenExtraKind.Progress or ScreenExtraKind.Color => $"{kind}{reader.Number}",
                _ => $"{kind}{reader.Count},{Convert.ToBase64String(reader.Title)},{reader.HasText},{Convert.ToBase64String(reader.Text)},{reader.Which},{reader.SameAs}",
            });
        }

        Assert.False(reader.Failed);
        return string.Join(';', items);
    }
}
