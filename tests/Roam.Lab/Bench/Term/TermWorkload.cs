namespace Roam.Lab;

/// <summary>Program output to swallow. BudgetMegabytes: what the released program must reach on one core, in MB/s; 0 = no figure is asked.</summary>
internal sealed record TermWorkload(string Name, byte[] Output, int BudgetMegabytes = 0, int Width = 80, int Height = 24);
