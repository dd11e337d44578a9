using Roam.Transport;

namespace Roam.Session;

/// <summary>A set of feature numbers, known ones and others up to <see cref="AnnouncementMessage.FeatureMax"/>; bit n is feature n.</summary>
public readonly record struct FeatureSet(ulong Bits)
{
    public static FeatureSet Of(params ReadOnlySpan<Feature> features)
    {
        ulong bits = 0;
        foreach (Feature feature in features)
        {
            bits |= 1UL << (int)feature;
        }

        return new FeatureSet(bits);
    }

    public bool Has(Feature feature) => (Bits & (1UL << (int)feature)) != 0;

    public FeatureSet CommonWith(FeatureSet other) => new(Bits & other.Bits);
}
