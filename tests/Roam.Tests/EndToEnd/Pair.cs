namespace Roam.Tests.EndToEnd;

/// <summary>Who speaks to whom, and who brings them together.</summary>
public enum Pair
{
    OurServerStockClient,
    StockServerOurClient,
    OurServerOurClient,

    /// <summary>Through a real sshd.</summary>
    SshOurWrapperStockServer,
    SshStockWrapperOurServer,
    SshOurWrapperOurServer,
}
