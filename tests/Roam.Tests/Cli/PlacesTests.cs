using Roam.Cli;
using Roam.Host;

namespace Roam.Tests.Cli;

public sealed class PlacesTests
{
    [Fact]
    public void What_is_known_best_comes_first_and_nothing_twice()
    {
        List<string> places = Places.Choose(FamilyPreference.PreferInet, ["10.0.0.2"], ["10.0.0.3", "10.0.0.2"], [null], ["2001:db8::2", "example.org", "10.0.0.3"]);
        Assert.Equal(["10.0.0.2", "10.0.0.3", "2001:db8::2"], places);
        Assert.Equal("10.0.0.2;60001 10.0.0.3;60001 2001:db8::2;60001", Places.Text(places, 60001, ""));
        Assert.Equal("10.0.0.2;60001;0011", Places.Text(["10.0.0.2"], 60001, "0011"));
    }

    [Theory]
    [InlineData(FamilyPreference.InetOnly, "10.0.0.2")]
    [InlineData(FamilyPreference.Inet6Only, "2001:db8::2")]
    [InlineData(FamilyPreference.Auto, "2001:db8::2")]
    [InlineData(FamilyPreference.All, "2001:db8::2 10.0.0.2")]
    public void The_family_that_is_wanted_decides(FamilyPreference family, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Places.Choose(family, ["2001:db8::2", "10.0.0.2"])));
    }

    [Fact]
    public void There_are_no_more_than_the_client_tries()
    {
        Assert.Equal(8, Places.Choose(FamilyPreference.All, Enumerable.Range(1, 20).Select(i => $"10.0.0.{i}")).Count);
    }
}
