namespace Roam.Lab;

/// <summary>What the person at the keyboard looks at.</summary>
internal interface ITypingScene
{
    /// <summary>The text stands on the screen, within one row.</summary>
    bool Shows(string text);

    /// <summary>It stands nowhere. Of several screens, all may show a text, none, or some.</summary>
    bool Lacks(string text) => !Shows(text);

    /// <summary>When the program last wrote something.</summary>
    long LastOutputMicros { get; }

    /// <summary>The program has closed its terminal.</summary>
    bool HasEnded { get; }
}
