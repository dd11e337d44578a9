using Roam.Host;

namespace Roam.Tests.Host.Files;

public sealed class PrintableNameTests
{
    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xC3, 0xA4 }, "aä")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'b' }, "a\\nb")]
    [InlineData(new byte[] { 0x1B, (byte)']', (byte)'0' }, "\\x1b]0")]
    [InlineData(new byte[] { 0xFF, 0xC3 }, "\\xff\\xc3")]
    [InlineData(new byte[] { 0xC2, 0x9B, (byte)'m' }, "\\xc2\\x9bm")]
    [InlineData(new byte[] { 0xE2, 0x80, 0xAE, (byte)'x' }, "\\xe2\\x80\\xaex")]
    public void A_name_cannot_send_control_sequences(byte[] name, string shown) => Assert.Equal(shown, PrintableName.Of(name));
}
