using Fhir;
using Messages;
using Messages.Catalogue;
using Messages.Regions;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace RegionHandoff.Catalogue;

/// <summary>Every fault of what a region tells of a unit.</summary>
internal static class CatalogueFaults
{
    public static IEnumerable<FhirIssue> Of(ReceivedMessage message, DateTimeOffset now)
    {
        var header = message.PathOf(message.Header);
        if (message.Reason is not (Reasons.New or Reasons.Update))
            yield return Issue(IssueType.Invariant, $"{header}.reason",
                "The reason is new or update; a unit that is withdrawn is told as not active.");
        foreach (var other in message.Content.Where(entry => entry is not Organization
            && !ReferenceEquals(entry, message.Focus<HealthcareService>())))
            yield return Issue(IssueType.BusinessRule, message.PathOf(other), "A unit is told by itself, without persons.");
        if (message.Header.Focus.Count != 1 || message.Focus<HealthcareService>() is not { } unit)
        {
            yield return Issue(IssueType.Required, $"{header}.focus", "The focus is one HealthcareService of the message.");
            yield break;
        }

        foreach (var fault in Of(unit, message.PathOf(unit), now))
            yield return fault;
    }

    private static IEnumerable<FhirIssue> Of(HealthcareService unit, string path, DateTimeOffset now)
    {
        if (!CatalogueUnits.Numbers(unit).Any())
            yield return Issue(IssueType.Required, $"{path}.identifier",
                "The unit has the region's own number, with its system.");
        if (unit.Meta?.LastUpdated is not { } told)
            yield return Issue(IssueType.Required, $"{path}.meta.lastUpdated",
                "It says when this was told: what is older never takes the place of what is newer.");
        else if (FinnishTime.DateOf(told) > FinnishTime.DateOf(now))
            yield return Issue(IssueType.Value, $"{path}.meta.lastUpdated", "It is not told on a day to come.");
        foreach (var fault in OfUnit(unit, path))
            yield return fault;
    }

    /// <summary>Every fault of the unit itself, however it is told.</summary>
    public static IEnumerable<FhirIssue> OfUnit(HealthcareService unit, string path)
    {
        if (unit.Active is null)
            yield return Issue(IssueType.Required, $"{path}.active", "Say whether the unit offers this now.");
        if (string.IsNullOrWhiteSpace(unit.Name))
            yield return Issue(IssueType.Required, $"{path}.name", "People see the unit by its name.");
        if (unit.Contained.Count > 0)
            yield return Issue(IssueType.BusinessRule, $"{path}.contained", "A unit is told by itself.");
        foreach (var fault in CatalogueUnits.Faults(unit, path))
            yield return fault;
        foreach (var code in unit.Extension.Where(e => e.Url == CatalogueUnits.ServedMunicipalityExtension)
            .Select(e => (CatalogueUnits.Part(e, "municipality") as Coding)?.Code).OfType<string>())
            if (!RegionDirectory.Municipalities.Any(known => known.Code == code))
                yield return Issue(IssueType.CodeInvalid, $"{path}.extension",
                    "The municipality is none that is known here.");
    }

    private static FhirIssue Issue(IssueType code, string path, string message) => Refusal.Issue(code, path, message);
}
