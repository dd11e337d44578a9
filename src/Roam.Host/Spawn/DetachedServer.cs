using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>What the detached process is told through its pipe: a version byte, the key, then texts, each after its length (4 bytes, little-endian).</summary>
internal sealed record DetachedServer(SessionKey Key, bool IsIPv6, ServerHostOptions Options, string Via = "")
{
    /// <summary>Arguments and environment of a process together cannot be larger than this on any usual system.</summary>
    public const int BlockBytesMax = 8 * 1024 * 1024;

    // Both sides are the same binary; the byte catches one that was replaced by another version in between.
    private const byte Version = 3;
    private const int LengthBytes = 4;
    private const int NumberCount = 12;

    public byte[] Encode()
    {
        List<string> texts =
        [
            IsIPv6 ? "6" : "4",
            Text(Options.ColorCount),
            Text(Options.Verbosity),
            Text(Options.NetworkTimeoutSeconds),
            Text(Options.SignalTimeoutSeconds),
            Text(Options.Width),
            Text(Options.Height),
            Text(Options.AllowScreenReports ? 1 : 0),
            Text(Options.AllowClipboardQuery ? 1 : 0),
            Text(Options.HistoryLines),
            Text(Options.HasAgent ? 1 : 0),
            Text(Options.UsesPipes ? 1 : 0),
            Text(Options.IsSubsystem ? 1 : 0),
            Options.ProcessName,
            Via,
            Options.Forbidden,
            Options.PolicyPath,
            Text(Options.Command.Length),
            .. Options.Command,
            Text(Options.EnvironmentAdditions.Length),
            .. Options.EnvironmentAdditions,
        ];
        using MemoryStream block = new();
        Span<byte> key = stackalloc byte[SessionKey.Bytes];
        Key.CopyTo(key);
        block.WriteByte(Version);
        block.Write(key);
        key.Clear();
        Span<byte> length = stackalloc byte[LengthBytes];
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            block.Write(length);
            block.Write(bytes);
        }

        return block.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> block, [NotNullWhen(true)] out DetachedServer? server)
    {
        server = null;
        if (block.Length < 1 + SessionKey.Bytes || block[0] != Version)
        {
            return false;
        }

        SessionKey key = new(block.Slice(1, SessionKey.Bytes));
        block = block[(1 + SessionKey.Bytes)..];
        long[] numbers = new long[NumberCount];
        if (!TryTake(ref block, out string family))
        {
            return false;
        }

        for (int i = 0; i < NumberCount; i++)
        {
            if (!TryTakeNumber(ref block, out numbers[i]))
            {
                return false;
            }
        }

        if (!TryTake(ref block, out string name) || !TryTake(ref block, out string via) || !TryTake(ref block, out string forbidden) || !TryTake(ref block, out string policyPath))
        {
            return false;
        }

        if (!TryTakeList(ref block, out string[] command) || !TryTakeList(ref block, out string[] additions) || !block.IsEmpty)
        {
            return false;
        }

        ServerHostOptions options = new()
        {
            ColorCount = (int)numbers[0],
            Verbosity = (int)numbers[1],
            NetworkTimeoutSeconds = numbers[2],
            SignalTimeoutSeconds = numbers[3],
            Width = (int)numbers[4],
            Height = (int)numbers[5],
            AllowScreenReports = numbers[6] != 0,
            AllowClipboardQuery = numbers[7] != 0,
            HistoryLines = (int)numbers[8],
            HasAgent = numbers[9] != 0,
            UsesPipes = numbers[10] != 0,
            IsSubsystem = numbers[11] != 0,
            Forbidden = forbidden,
            PolicyPath = policyPath,
            ProcessName = name,
            Command = command,
            EnvironmentAdditions = additions,
        };
        server = new DetachedServer(key, family == "6", options, via);
        return true;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryTake(ref ReadOnlySpan<byte> block, out string text)
    {
        text = "";
        if (block.Length < LengthBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(block);
        if (length < 0 || length > block.Length - LengthBytes)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(block.Slice(LengthBytes, length));
        block = block[(LengthBytes + length)..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> block, out long number)
    {
        number = 0;
        return TryTake(ref block, out string text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryTakeList(ref ReadOnlySpan<byte> block, out string[] texts)
    {
        texts = [];
        if (!TryTakeNumber(ref block, out long count) || count > block.Length / LengthBytes)
        {
            return false;
        }

        texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            if (!TryTake(ref block, out texts[i]))
            {
                return false;
            }
        }

        return true;
    }
}
