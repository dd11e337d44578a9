using Roam.Transport;

namespace Roam.Tests.Transport;

/// <summary>What a <see cref="DatagramTap"/> found in one instruction.</summary>
internal sealed record TappedInstruction(ulong NewNumber, byte[] Diff, bool HasReport, ulong ReportReceived, ulong ReportHighest)
{
    public bool HasAnnouncement
    {
        get
        {
            DiffReader reader = new(Diff);
            while (reader.Next())
            {
                if (reader.Current.Kind == DiffItemKind.Announcement)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
