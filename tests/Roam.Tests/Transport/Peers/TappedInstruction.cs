using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>What a <see cref="DatagramTap"/> found in one instruction.</summary>
internal sealed record TappedInstruction(ulong NewNumber, byte[] Diff, bool HasReport, ulong ReportReceived, ulong ReportHighest)
{
    public bool HasAnnouncement => Has(DiffItemKind.Announcement);

    public bool HasFarTerminal => Has(DiffItemKind.FarTerminal);

    public bool Has(DiffItemKind kind)
    {
        DiffReader reader = new(Diff);
        while (reader.Next())
        {
            if (reader.Current.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }
}
