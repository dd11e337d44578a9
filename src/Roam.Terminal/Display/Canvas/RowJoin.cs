namespace Roam.Terminal;

/// <summary>How a row goes on in the next one.</summary>
internal enum RowJoin : byte
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Its last column is printed; the next character wraps.</summary>
    Full,

    /// <summary>Its last column stays empty; the wide character that comes next does not fit there and wraps.</summary>
    Spacer,
}
