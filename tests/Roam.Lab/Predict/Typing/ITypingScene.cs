namespace Roam.Lab;

/// <summary>What the person at the keyboard looks at.</summary>
internal interface ITypingScene
{
    /// <summary>The text stands on the screen, within one row.</summary>
    bool Shows(string text);

    /// <summary>When the program last wrote something.</summary>
    long LastOutputMicros { get; }

    /// <summary>The program has closed its terminal.</summary>
    bool HasEnded { get; }
}
