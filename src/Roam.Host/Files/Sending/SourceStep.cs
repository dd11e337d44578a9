namespace Roam.Host;

/// <summary>What the walk met.</summary>
internal enum SourceStep
{
    End,
    Enter,
    Leave,
    File,
    Link,
}
