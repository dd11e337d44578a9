namespace Roam.Lab;

/// <summary>What a terminal tells of its rows.</summary>
internal enum RowDetail
{
    /// <summary>Text, renditions, links and wraps.</summary>
    All,

    /// <summary>The same; a link is an underline.</summary>
    LinksUnderlined,

    /// <summary>Text only.</summary>
    Text,
}
