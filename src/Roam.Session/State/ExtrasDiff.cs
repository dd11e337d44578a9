using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// Screen extras between their form in the picture and the one on the wire. Written is what differs from the base; of events the newest, with its count. What is read is checked
/// against the same bounds that the server's emulator has.
/// </summary>
internal static class ExtrasDiff
{
    private const int ColorSlotShift = 25;
    private const ulong ColorIsSet = 1 << 24;
    private const int ProgressStateShift = 8;

    /// <param name="from">The base's.</param>
    /// <param name="to">Those of the state.</param>
    /// <param name="destination">Where the message goes.</param>
    /// <param name="omitsLong">Long texts of selections are only counted: they go in a stream (<see cref="SelectionSender"/>).</param>
    public static void Write(ScreenExtras from, ScreenExtras to, IBufferWriter<byte> destination, bool omitsLong = false)
    {
        ScreenExtrasWriter writer = new(destination);
        if (to.WorkingDirectory != from.WorkingDirectory)
        {
            writer.WriteText(ScreenExtraKind.WorkingDirectory, to.WorkingDirectory);
        }

        if (to.PointerShape != from.PointerShape)
        {
            writer.WriteText(ScreenExtraKind.PointerShape, to.PointerShape);
        }

        if (to.Progress != from.Progress)
        {
            writer.WriteNumber(ScreenExtraKind.Progress, ((ulong)to.Progress.State << ProgressStateShift) | to.Progress.Percent);
        }

        WriteColors(writer, from.Colors, to.Colors);
        if (to.NotificationCount != from.NotificationCount || to.Notification != from.Notification)
        {
            writer.WriteNotification(to.NotificationCount, to.Notification?.Title, to.Notification?.Body);
        }

        WriteSelections(writer, from.Selections, to.Selections, omitsLong);
        if (to.Refusal != from.Refusal)
        {
            writer.WriteRefusal(to.Refusal.Count, (uint)to.Refusal.What);
        }
    }

    private static void WriteColors(in ScreenExtrasWriter writer, ColorOverrides from, ColorOverrides to)
    {
        if (ReferenceEquals(from, to))
        {
            return;
        }

        foreach (ColorOverride entry in from.Entries)
        {
            if (to[entry.Slot] is null)
            {
                writer.WriteNumber(ScreenExtraKind.Color, (ulong)entry.Slot << ColorSlotShift);
            }
        }

        foreach (ColorOverride entry in to.Entries)
        {
            if (from[entry.Slot] != entry.Color)
            {
                ulong value = ((ulong)entry.Color.Red << 16) | ((ulong)entry.Color.Green << 8) | entry.Color.Blue;
                writer.WriteNumber(ScreenExtraKind.Color, ((ulong)entry.Slot << ColorSlotShift) | ColorIsSet | value);
            }
        }
    }

    private static void WriteSelections(in ScreenExtrasWriter writer, Selections from, Selections to, bool omitsLong)
    {
        if (ReferenceEquals(from, to))
        {
            return;
        }

        for (int i = 0; i < Selections.Names.Length; i++)
        {
            if (IsNew(from, to, i))
            {
                string? text = to.TextOf(i) is { } whole && !(omitsLong && whole.Length > SelectionSender.DirectLengthMax) ? whole : null;
                int sameAs = text is null ? -1 : i - 1;
                while (sameAs >= 0 && !(IsNew(from, to, sameAs) && ReferenceEquals(to.TextOf(sameAs), to.TextOf(i))))
                {
                    sameAs--;
                }

                writer.WriteSelection(i, to.CountOf(i), text, sameAs);
            }
        }
    }

    /// <summary>A text of before this client's time is nobody's event.</summary>
    private static bool IsNew(Selections from, Selections to, int selection) =>
        to.CountOf(selection) != from.CountOf(selection) || (to.CountOf(selection) != 0 && to.TextOf(selection) != from.TextOf(selection));

    /// <summary>Could the emulator of an honest server have come to this?</summary>
    public static bool IsHonest(ReadOnlySpan<byte> message)
    {
        bool isHonest = true;
        int length = 0;
        int colors = 0;
        int written = 0;
        ScreenExtrasReader reader = new(message);
        while (isHonest && reader.Next())
        {
            switch (reader.Kind)
            {
                case ScreenExtraKind.WorkingDirectory:
                    isHonest = reader.Text.Length <= Emulator.WorkingDirectoryLengthMax && Utf8.IsValid(reader.Text);
                    break;
                case ScreenExtraKind.PointerShape:
                    isHonest = reader.Text.Length <= Emulator.PointerShapeLengthMax && Utf8.IsValid(reader.Text);
                    break;
                case ScreenExtraKind.Progress:
                    isHonest = reader.Number >> ProgressStateShift <= (ulong)ProgressState.Paused && (reader.Number & 0xFF) <= 100;
                    break;
                case ScreenExtraKind.Color:
                    isHonest = reader.Number >> ColorSlotShift < ColorSlot.Count && ++colors <= ColorSlot.Count;
                    break;
                case ScreenExtraKind.Notification:
                    isHonest = reader.Title.Length + reader.Text.Length <= Emulator.NotificationLengthMax && Utf8.IsValid(reader.Title) && Utf8.IsValid(reader.Text);
                    break;
                case ScreenExtraKind.Selection:
                    isHonest = IsHonestSelection(reader, ref length, ref written);
                    break;
            }
        }

        return isHonest;
    }

    private static bool IsHonestSelection(in ScreenExtrasReader reader, ref int length, ref int written)
    {
        length += reader.Text.Length;
        bool isGood = reader.Which < Selections.Names.Length
            && (written & (1 << (int)reader.Which)) == 0
            && (reader.SameAs is not { } same || (same < Selections.Names.Length && (written & (1 << (int)same)) != 0))
            && length <= Selections.LengthMax
            && Selections.IsBase64(reader.Text);
        written |= isGood ? 1 << (int)reader.Which : 0;
        return isGood;
    }

    /// <summary>The extras that a message makes of those of its base; the message <see cref="IsHonest"/>.</summary>
    public static ScreenExtras Apply(ScreenExtras from, ReadOnlySpan<byte> message)
    {
        ScreenExtras to = from;
        ScreenExtrasReader reader = new(message);
        while (reader.Next())
        {
            to = reader.Kind switch
            {
                ScreenExtraKind.WorkingDirectory => to with { WorkingDirectory = TextOf(reader.Text) },
                ScreenExtraKind.PointerShape => to with { PointerShape = TextOf(reader.Text) },
                ScreenExtraKind.Progress => to with { Progress = new Progress((ProgressState)(reader.Number >> ProgressStateShift), (byte)reader.Number) },
                ScreenExtraKind.Color => to with { Colors = Changed(to.Colors, reader.Number) },
                ScreenExtraKind.Notification => to with { NotificationCount = reader.Count, Notification = NotificationOf(reader) },
                ScreenExtraKind.Selection => to with { Selections = Changed(to.Selections, reader) },
                ScreenExtraKind.Refusal => to with { Refusal = new Refusal((RefusedExtra)Math.Min(reader.Which, byte.MaxValue), reader.Count) },
                _ => to,
            };
        }

        return to;
    }

    private static string? TextOf(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Encoding.UTF8.GetString(text);

    private static Notification? NotificationOf(in ScreenExtrasReader reader) =>
        reader.Title.IsEmpty && reader.Text.IsEmpty ? null : new Notification(Encoding.UTF8.GetString(reader.Title), Encoding.UTF8.GetString(reader.Text));

    private static ColorOverrides Changed(ColorOverrides colors, ulong number)
    {
        int slot = (int)(number >> ColorSlotShift);
        return (number & ColorIsSet) == 0 ? colors.Without(slot, 1) : colors.With(slot, Color.Rgb((byte)(number >> 16), (byte)(number >> 8), (byte)number));
    }

    private static Selections Changed(Selections selections, in ScreenExtrasReader reader)
    {
        string? text = reader.SameAs is { } same ? selections.TextOf((int)same) : reader.HasText ? Encoding.ASCII.GetString(reader.Text) : null;
        return selections.WithWrite((int)reader.Which, reader.Count, text);
    }
}
