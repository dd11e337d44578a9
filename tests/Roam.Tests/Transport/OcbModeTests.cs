using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Roam.Lab;
using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>RFC 7253 and a second implementation.</summary>
public sealed class OcbModeTests
{
    private const int TagBytes = 16;

    /// <summary>Appendix A: the last byte of the nonce BBAA998877665544332211.., length of associated data, length of plaintext (both 00 01 02 ...), result.</summary>
    [Theory]
    [InlineData(0x00, 0, 0, "785407BFFFC8AD9EDCC5520AC9111EE6")]
    [InlineData(0x01, 8, 8, "6820B3657B6F615A5725BDA0D3B4EB3A257C9AF1F8F03009")]
    [InlineData(0x02, 8, 0, "81017F8203F081277152FADE694A0A00")]
    [InlineData(0x03, 0, 8, "45DD69F8F5AAE72414054CD1F35D82760B2CD00D2F99BFA9")]
    [InlineData(0x04, 16, 16, "571D535B60B277188BE5147170A9A22C3AD7A4FF3835B8C5701C1CCEC8FC3358")]
    [InlineData(0x05, 16, 0, "8CF761B6902EF764462AD86498CA6B97")]
    [InlineData(0x06, 0, 16, "5CE88EC2E0692706A915C00AEB8B2396F40E1C743F52436BDF06D8FA1ECA343D")]
    [InlineData(0x07, 24, 24, "1CA2207308C87C010756104D8840CE1952F09673A448A122C92C62241051F57356D7F3C90BB0E07F")]
    [InlineData(0x08, 24, 0, "6DC225A071FC1B9F7C69F93B0F1E10DE")]
    [InlineData(0x09, 0, 24, "221BD0DE7FA6FE993ECCD769460A0AF2D6CDED0C395B1C3CE725F32494B9F914D85C0B1EB38357FF")]
    [InlineData(0x0A, 32, 32, "BD6F6C496201C69296C11EFD138A467ABD3C707924B964DEAFFC40319AF5A48540FBBA186C5553C68AD9F592A79A4240")]
    [InlineData(0x0B, 32, 0, "FE80690BEE8A485D11F32965BC9D2A32")]
    [InlineData(0x0C, 0, 32, "2942BFC773BDA23CABC6ACFD9BFD5835BD300F0973792EF46040C53F1432BCDFB5E1DDE3BC18A5F840B52E653444D5DF")]
    [InlineData(0x0D, 40, 40, "D5CA91748410C1751FF8A2F618255B68A0A12E093FF454606E59F9C1D0DDC54B65E8628E568BAD7AED07BA06A4A69483A7035490C5769E60")]
    [InlineData(0x0E, 40, 0, "C5CD9D1850C141E358649994EE701B68")]
    [InlineData(0x0F, 0, 40, "4412923493C57D5DE0D700F753CCE0D1D2D95060122E9F15A5DDBFC5787E50B5CC55EE507BCB084E479AD363AC366B95A98CA5F3000B1479")]
    public void The_vectors_of_the_RFC_hold(int nonceEnd, int associatedBytes, int plaintextBytes, string expected)
    {
        byte[] key = Counting(16);
        byte[] nonce = Convert.FromHexString("BBAA998877665544332211" + nonceEnd.ToString("X2"));
        AssertVector(new OcbMode<TableAes>(key), nonce, associatedBytes, plaintextBytes, expected);
        if (HardwareAes.IsSupported)
        {
            AssertVector(new OcbMode<HardwareAes>(key), nonce, associatedBytes, plaintextBytes, expected);
        }
    }

    [Fact]
    public void The_iterated_test_of_the_RFC_holds()
    {
        byte[] key = new byte[16];
        key[15] = 128;
        OcbMode<TableAes> ocb = new(key);
        List<byte> all = [];
        for (int i = 0; i < 128; i++)
        {
            byte[] zeros = new byte[i];
            all.AddRange(Seal(ocb, NonceOf((3 * i) + 1), zeros, zeros));
            all.AddRange(Seal(ocb, NonceOf((3 * i) + 2), [], zeros));
            all.AddRange(Seal(ocb, NonceOf((3 * i) + 3), zeros, []));
        }

        Assert.Equal("67E944D23256C5E0B6C61FA22FDF1EA2", Convert.ToHexString(Seal(ocb, NonceOf(385), [.. all], [])));
    }

    [Fact]
    public void The_library_s_own_mode_agrees_at_every_length()
    {
        SeededRandom random = new(11);
        byte[] key = random.NextBytes(16);
        Aead ocb = Aead.Create(new SessionKey(key));
        OcbMode<TableAes> table = new(key);
        for (int length = 0; length < 400; length++)
        {
            byte[] nonce = random.NextBytes(12);
            byte[] plaintext = random.NextBytes(length);
            byte[] expected = LibrarySeal(key, nonce, plaintext);
            byte[] sealedBytes = new byte[length + TagBytes];
            ocb.Seal(nonce, plaintext, sealedBytes);
            Assert.Equal(expected, sealedBytes);
            Assert.Equal(expected, Seal(table, nonce, [], plaintext));
            byte[] opened = new byte[length];
            Assert.True(ocb.Open(nonce, expected, opened));
            Assert.Equal(plaintext, opened);
        }
    }

    [Fact]
    public void The_largest_datagrams_and_counting_nonces_agree_with_the_library()
    {
        SeededRandom random = new(12);
        byte[] key = random.NextBytes(16);
        Aead ocb = Aead.Create(new SessionKey(key));
        for (int i = 0; i < 200; i++)
        {
            byte[] nonce = new byte[12];
            BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), 1000 + i);
            byte[] plaintext = random.NextBytes(random.Next(2100));
            byte[] sealedBytes = new byte[plaintext.Length + TagBytes];
            plaintext.CopyTo(sealedBytes, 0);
            ocb.Seal(nonce, sealedBytes.AsSpan(0, plaintext.Length), sealedBytes);
            Assert.Equal(LibrarySeal(key, nonce, plaintext), sealedBytes);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_a_forgery_and_leaves_no_plaintext()
    {
        SeededRandom random = new(13);
        Aead ocb = Aead.Create(SessionKey.Create(random));
        byte[] nonce = random.NextBytes(12);
        byte[] sealedBytes = new byte[40 + TagBytes];
        ocb.Seal(nonce, random.NextBytes(40), sealedBytes);
        byte[] opened = new byte[40];
        for (int bit = 0; bit < sealedBytes.Length * 8; bit++)
        {
            sealedBytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Array.Fill(opened, (byte)0xEE);
            Assert.False(ocb.Open(nonce, sealedBytes, opened));
            Assert.All(opened, b => Assert.Equal(0, b));
            sealedBytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(ocb.Open(nonce, sealedBytes, opened));
        nonce[11] ^= 1;
        Assert.False(ocb.Open(nonce, sealedBytes, opened));
        Assert.False(ocb.Open(nonce, sealedBytes.AsSpan(0, TagBytes - 1), opened));
    }

    [Fact]
    public void Sealing_opening_and_forgeries_allocate_nothing()
    {
        Aead ocb = Aead.Create(SessionKey.Create(new SeededRandom(14)));
        byte[] nonce = new byte[12];
        byte[] buffer = new byte[1300];
        byte[] opened = new byte[1300];
        SealAndOpen(ocb, nonce, buffer, opened);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                nonce[11] = (byte)i;
                SealAndOpen(ocb, nonce, buffer, opened);
            }
        });
    }

    private static void SealAndOpen(Aead ocb, byte[] nonce, byte[] buffer, byte[] opened)
    {
        ocb.Seal(nonce, buffer.AsSpan(0, 1200), buffer);
        ocb.Open(nonce, buffer.AsSpan(0, 1216), opened);
        buffer[3] ^= 1;
        ocb.Open(nonce, buffer.AsSpan(0, 1216), opened);
    }

    private static void AssertVector<TAes>(OcbMode<TAes> ocb, byte[] nonce, int associatedBytes, int plaintextBytes, string expected)
        where TAes : struct, IAesBlocks
    {
        byte[] sealedBytes = Seal(ocb, nonce, Counting(associatedBytes), Counting(plaintextBytes));
        Assert.Equal(expected, Convert.ToHexString(sealedBytes));
        byte[] opened = new byte[plaintextBytes];
        Assert.True(ocb.Open(nonce, Counting(associatedBytes), sealedBytes, opened));
        Assert.Equal(Counting(plaintextBytes), opened);
    }

    private static byte[] Seal<TAes>(OcbMode<TAes> ocb, byte[] nonce, byte[] associated, byte[] plaintext)
        where TAes : struct, IAesBlocks
    {
        byte[] sealedBytes = new byte[plaintext.Length + TagBytes];
        ocb.Seal(nonce, associated, plaintext, sealedBytes);
        return sealedBytes;
    }

    private static byte[] LibrarySeal(byte[] key, byte[] nonce, byte[] plaintext)
    {
        OcbBlockCipher cipher = new(new AesEngine(), new AesEngine());
        cipher.Init(true, new AeadParameters(new KeyParameter(key), 128, nonce));
        byte[] output = new byte[cipher.GetOutputSize(plaintext.Length)];
        int written = cipher.ProcessBytes(plaintext, 0, plaintext.Length, output, 0);
        cipher.DoFinal(output, written);
        return output;
    }

    private static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static byte[] NonceOf(int number)
    {
        byte[] nonce = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(8), number);
        return nonce;
    }
}
