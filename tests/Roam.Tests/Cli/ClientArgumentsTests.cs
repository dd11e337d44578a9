using Roam.Cli;
using Roam.Terminal;

namespace Roam.Tests.Cli;

public sealed class ClientArgumentsTests
{
    [Theory]
    [InlineData("10.0.0.1", "60001")]
    [InlineData("-# anything -p 5 |", "10.0.0.1", "60001")]
    [InlineData("-#", "anything", "10.0.0.1", "60001")]
    [InlineData("-v", "--", "10.0.0.1", "60001")]
    public void Address_and_port_are_read(params string[] arguments)
    {
        Assert.True(ClientArguments.TryParse(arguments, out ClientArguments parsed, out _));
        Assert.Equal(("10.0.0.1", 60001), (parsed.Address, parsed.Port));
    }

    [Theory]
    [InlineData("an address and a port are needed")]
    [InlineData("an address and a port are needed", "10.0.0.1")]
    [InlineData("too many arguments", "10.0.0.1", "1", "2")]
    [InlineData("Bad UDP port (x)", "10.0.0.1", "x")]
    [InlineData("Bad UDP port (0)", "10.0.0.1", "0")]
    [InlineData("Bad UDP port (60001:60002)", "10.0.0.1", "60001:60002")]
    [InlineData("Bad UDP port (+5)", "10.0.0.1", "+5")]
    [InlineData("unknown option -x", "-x")]
    public void What_is_wrong_is_named(string message, params string[] arguments)
    {
        Assert.False(ClientArguments.TryParse(arguments, out _, out string error));
        Assert.Equal(message, error);
    }

    [Fact]
    public void The_environment_of_the_stock_wrapper_is_read()
    {
        ClientSettings settings = Read(
            ("MOSH_PREDICTION_DISPLAY", "experimental"), ("MOSH_PREDICTION_OVERWRITE", "yes"), ("MOSH_NO_TERM_INIT", "1"), ("MOSH_TITLE_NOPREFIX", ""), ("MOSH_ESCAPE_KEY", "~"));
        Assert.Equal(PredictionMode.Experimental, settings.Prediction);
        Assert.True(settings is { PredictOverwrite: true, InitializeTerminal: false, TitlePrefix: false });
        Assert.Equal((byte)'~', settings.EscapeKey.Key);
    }

    [Fact]
    public void The_questions_to_the_terminal_can_be_switched_off() =>
        Assert.False(Read(("ROAM_NO_TERMINAL_QUERIES", "1")).AsksTerminal);

    [Fact]
    public void Without_an_environment_the_defaults_hold()
    {
        ClientSettings settings = Read();
        Assert.Equal(PredictionMode.Adaptive, settings.Prediction);
        Assert.True(settings is { PredictOverwrite: false, InitializeTerminal: true, TitlePrefix: true, AsksTerminal: true });
        Assert.Equal(0x1E, settings.EscapeKey.Key);
    }

    [Fact]
    public void More_addresses_are_numeric_and_what_is_not_is_left_out()
    {
        Assert.Equal(["10.0.0.2", "2001:db8::2"], Read(("ROAM_ADDRESSES", " 10.0.0.2 example.org  2001:db8::2 -x")).MoreAddresses);
        Assert.Empty(Read().MoreAddresses);
        Assert.Equal(8, Read(("ROAM_ADDRESSES", string.Join(' ', Enumerable.Repeat("10.0.0.2", 100)))).MoreAddresses.Count);
    }

    [Fact]
    public void An_empty_escape_key_means_none()
    {
        Assert.False(Read(("MOSH_ESCAPE_KEY", "")).EscapeKey.IsEnabled);
    }

    [Theory]
    [InlineData("MOSH_PREDICTION_DISPLAY", "sometimes")]
    [InlineData("MOSH_ESCAPE_KEY", "\u0003")]
    [InlineData("MOSH_ESCAPE_KEY", "ab")]
    [InlineData("MOSH_ESCAPE_KEY", "é")]
    public void A_bad_variable_is_named(string name, string value)
    {
        Assert.False(ClientSettings.TryRead(n => n == name ? value : null, out _, out string error));
        Assert.StartsWith(name, error, StringComparison.Ordinal);
    }

    private static ClientSettings Read(params (string Name, string Value)[] environment)
    {
        Assert.True(ClientSettings.TryRead(n => environment.Where(p => p.Name == n).Select(p => p.Value).FirstOrDefault(), out ClientSettings settings, out string error), error);
        return settings;
    }
}
