using Fhir;
using Messages;
using OccupationalHealth.WorkAbility;
using ServiceKit.Rest;

namespace OccupationalHealth.Workplace;

/// <summary>
/// A figure about a workplace as a group, such as the mean of a survey: an Observation whose subject is the workplace and
/// whose component <c>respondents</c> says of how many people. Observations of persons come by messages.
/// </summary>
public sealed class WorkplaceIndicatorRule : IWriteRule<Observation>
{
    public async Task<Refusal?> Check(Write<Observation> write, CancellationToken cancel)
    {
        var indicator = write.Proposed;
        if (IsOfPerson(write.Current) || IsOfPerson(indicator))
            return new Refusal(405, "SEND_METHOD_NOT_ALLOWED", [Refusal.Issue(IssueType.NotSupported,
                "Observation", "Observations of persons come by messages, absences aside; here the subject is a workplace.")]);
        var group = await WorkplaceRule.Of(write.Session, write.Access, indicator.Subject);
        var least = WorkAbilityRules.InForceOn(FinnishTime.DateOf(write.Session.Now)).LeastGroup;
        List<FhirIssue> faults = [.. NoPerson.Faults(indicator), .. Faults(indicator, group?.Quantity, least)];
        if (group is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "Observation.subject", "The subject is a Group of this base."));
        return faults.Count > 0 ? Refusal.BadRequest(faults) : null;
    }

    private static IEnumerable<FhirIssue> Faults(Observation indicator, int? people, int least)
    {
        if (indicator.Code?.Coding.Exists(coding => coding is { System: Terms.WorkplaceIndicator, Code: not null }) != true)
            yield return Refusal.Issue(IssueType.CodeInvalid, "Observation.code",
                $"What is measured is a code of {Terms.WorkplaceIndicator}.");
        if (indicator.Effective is not (FhirDateTime or Period))
            yield return Refusal.Issue(IssueType.Required, "Observation.effective", "When it was measured.");
        if (indicator.HasMember.Count > 0 || indicator.DerivedFrom.Count > 0 || indicator.Contained.Count > 0)
            yield return Refusal.Issue(IssueType.BusinessRule, "Observation.derivedFrom",
                "A figure of a group leads to nothing that it was made of.");
        var respondents = (indicator.Component.Find(component =>
            component.Code?.Has(Terms.Workplace, "respondents") == true)?.Value as Integer)?.Value;
        if (respondents is null || respondents < least)
            yield return Refusal.Issue(IssueType.BusinessRule, "Observation.component",
                $"The component respondents of {Terms.Workplace} (integer) is at least {least}: fewer could be known.");
        else if (respondents > people)
            yield return Refusal.Issue(IssueType.Value, "Observation.component", "More than work there.");
        if (indicator.Value is not Quantity { Value: { } value } quantity)
            yield return Refusal.Issue(IssueType.Required, "Observation.value", "The figure is a Quantity.");
        else if (respondents is { } count && CountedPeople(quantity, value, count) is { } some
            && (IsTooFew(some, least) || IsTooFew(count - some, least)))
            yield return Refusal.Issue(IssueType.BusinessRule, "Observation.value",
                $"It tells of fewer than {least} people, or leaves out fewer: either could be known.");
    }

    // A number or a share of people is about those people; a mean is about all.
    private static decimal? CountedPeople(Quantity quantity, decimal value, int respondents) => quantity.Code switch
    {
        "{person}" or "{people}" => value,
        "%" => value * respondents / 100,
        _ => null,
    };

    private static bool IsTooFew(decimal people, int least) => people > 0 && people < least;

    private static bool IsOfPerson(Observation? observation) =>
        observation is not null && observation.Subject?.Reference?.StartsWith("Group/", StringComparison.Ordinal) != true;
}
