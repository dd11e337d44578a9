namespace Roam.Tests.Display;

/// <summary>Made up from a seed: what programs say beside the picture.</summary>
internal sealed class RandomExtras(int seed)
{
    private static readonly string[] Some =
    [
        "7;file://höst/a", "7;file:///b", "7;", "4;1;red", "4;1;blue;2;#010203;255;white", "104;1", "104", "5;0;red", "105", "10;#123", "11;white;red", "110", "111", "112",
        "22;text", "22;", "9;4;1;10", "9;4;3", "9;4;0", "9;done", "777;notify;t;b", "52;c;YQ==", "52;cp0;Yg==", "52;;Yw==", "52;p;!", "52;q7;",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        string text = "";
        for (int n = _random.Next(4); n > 0; n--)
        {
            text += _random.Next(20) == 0 ? "\ec" : $"\e]{Some[_random.Next(Some.Length)]}\a";
        }

        return text;
    }
}
