namespace Fhir.Validation;

/// <summary>
/// Cases in which a rule of R4 plainly holds, for the rules that are checked most often: most of what comes is such a
/// case, and to see that takes a fraction of what the expression takes. Everything else the expression decides.
/// </summary>
internal static class PlainCases
{
    private static readonly Dictionary<string, Func<Base, bool>> Cases = new(StringComparer.Ordinal)
    {
        ["ref-1"] = item => item is ResourceReference { ReferenceElement: null } or ResourceReference { Reference: [not '#', ..] },

        // What contains nothing breaks no rule of what is contained.
        ["dom-2"] = ContainsNothing,
        ["dom-3"] = ContainsNothing,
        ["dom-4"] = ContainsNothing,
        ["dom-5"] = ContainsNothing,

        ["bdl-3"] = item => item is Bundle bundle && IsNoExchange(bundle) && bundle.Entry.TrueForAll(entry => entry.Request is null),
        ["bdl-4"] = item => item is Bundle bundle && IsNoExchange(bundle) && bundle.Entry.TrueForAll(entry => entry.Response is null),
        ["bdl-5"] = item => item is Bundle.EntryComponent { Resource: not null },
        ["bdl-7"] = item => item is Bundle bundle && HasOneOfEach(bundle),
        ["bdl-8"] = item => item is Bundle.EntryComponent { FullUrlElement: null }
            || item is Bundle.EntryComponent { FullUrl: { } url } && !url.Contains("/_history/", StringComparison.Ordinal),

        ["obs-6"] = item => item is Observation { DataAbsentReason: null } or Observation { Value: null },
        ["obs-7"] = item => item is Observation { Component.Count: 0 },
    };

    /// <summary>Whether what a rule is about is such a case; null for a rule that has none.</summary>
    public static Func<Base, bool>? Of(string key) => Cases.GetValueOrDefault(key);

    private static bool ContainsNothing(Base item) => item is DomainResource { Contained.Count: 0 };

    // Neither asked by its entries nor answered by them.
    private static bool IsNoExchange(Bundle bundle) =>
        bundle.Type is BundleType.Message or BundleType.Document or BundleType.Searchset or BundleType.Collection;

    private static bool HasOneOfEach(Bundle bundle)
    {
        var urls = new HashSet<string>(bundle.Entry.Count, StringComparer.Ordinal);
        return bundle.Entry.TrueForAll(entry => entry.FullUrlElement is null
            || entry.FullUrl is { } url && entry.Resource?.Meta?.VersionIdElement is null && urls.Add(url));
    }
}
