using System.Buffers.Binary;

namespace Roam.Transport;

/// <summary>The 128-bit key of a session. Printed as 22 characters of base64, the form of the MOSH CONNECT line.</summary>
public readonly struct SessionKey : IEquatable<SessionKey>
{
    public const int Bytes = 16;

    /// <summary>24 characters of base64 less the two '=' that 16 bytes always end in.</summary>
    public const int TextLength = 22;

    private readonly UInt128 _value;

    public SessionKey(ReadOnlySpan<byte> bytes)
    {
        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static SessionKey Create(IRandom random)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        random.Fill(bytes);
        SessionKey key = new(bytes);
        bytes.Clear();
        return key;
    }

    /// <summary>Strict: any other length, a character outside base64, or stray low bits in the last character (a text that would print differently) is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SessionKey key)
    {
        key = default;
        if (text.Length != TextLength)
        {
            return false;
        }

        UInt128 value = UInt128.Zero;
        for (int i = 0; i < TextLength - 1; i++)
        {
            int digit = DigitOf(text[i]);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 6) | (uint)digit;
        }

        // 21 characters carry 126 bits: the last one carries two, and its low four must be zero.
        int last = DigitOf(text[TextLength - 1]);
        if (last < 0 || (last & 15) != 0)
        {
            return false;
        }

        value = (value << 2) | (uint)(last >> 4);
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        key = new SessionKey(bytes);
        bytes.Clear();
        return true;
    }

    public static bool TryParse(string text, out SessionKey key) => TryParse(text.AsSpan(), out key);

    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        CopyTo(bytes);
        string text = Convert.ToBase64String(bytes)[..TextLength];
        bytes.Clear();
        return text;
    }

    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    public bool Equals(SessionKey other) => _value == other._value;

    public override bool Equals(object? obj) => obj is SessionKey other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Never the key itself: a key must not reach a log by accident.</summary>
    public override string ToString() => nameof(SessionKey);

    public static bool operator ==(SessionKey a, SessionKey b) => a.Equals(b);

    public static bool operator !=(SessionKey a, SessionKey b) => !a.Equals(b);

    private static int DigitOf(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
