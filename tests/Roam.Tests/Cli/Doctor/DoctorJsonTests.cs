using System.Text.Json;
using Roam.Cli;

namespace Roam.Tests.Cli;

public sealed class DoctorJsonTests
{
    [Fact]
    public void Whatever_a_far_side_says_the_result_is_JSON_that_says_the_same()
    {
        const string Nasty = "a \"quoted\" \\ back\nslash \u001b[31m \u007f ümlaut \ud83d\ude00 \ud800";
        DoctorJson json = new();
        json.Add("roam", Finding.Failed(Nasty, "do \"this\"", ("path", Nasty), ("count", 3), ("seconds", 0.25), ("usable", false)) with { Subject = "::1" });
        json.Add("udp", Finding.Ok("fine"));
        JsonElement root = JsonDocument.Parse(json.Text("h\"ost", passed: false)).RootElement;
        Assert.Equal("h\"ost", root.GetProperty("host").GetString());
        Assert.False(root.GetProperty("passed").GetBoolean());
        JsonElement check = root.GetProperty("checks")[0];
        Assert.Equal("failed", check.GetProperty("state").GetString());
        Assert.Equal("::1", check.GetProperty("subject").GetString());
        Assert.StartsWith(Nasty[..^1], JsonText(check.GetProperty("finding")), StringComparison.Ordinal);
        JsonElement facts = check.GetProperty("facts");
        Assert.Equal((3, 0.25, false), (facts.GetProperty("count").GetInt32(), facts.GetProperty("seconds").GetDouble(), facts.GetProperty("usable").GetBoolean()));
        Assert.Equal(2, root.GetProperty("checks").GetArrayLength());
    }

    [Fact]
    public void Without_a_host_there_is_null() =>
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(new DoctorJson().Text(null, passed: true)).RootElement.GetProperty("host").ValueKind);

    /// <summary>A lone surrogate has no reading as text; the raw form is compared instead.</summary>
    private static string JsonText(JsonElement value) => JsonSerializer.Deserialize<string>(value.GetRawText().Replace("\\ud800", "", StringComparison.Ordinal))!;
}
