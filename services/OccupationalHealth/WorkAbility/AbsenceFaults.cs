using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace OccupationalHealth.WorkAbility;

/// <summary>Every fault of a message about an absence, whoever sends it.</summary>
internal static class AbsenceFaults
{
    // No certificate is written for longer; more would be a slip of the pen.
    private const int MostDays = 366;

    /// <param name="message">What was sent.</param>
    /// <param name="byEmployer">The employer need not say who wrote a certificate, and sends nothing of care.</param>
    public static IEnumerable<FhirIssue> Of(ReceivedMessage message, bool byEmployer = false)
    {
        var header = message.PathOf(message.Header);
        if (message.Resolve<Organization>(message.Header.Sender) is not { } sender
            || !sender.Identifier.Exists(identifier => identifier is { System: not null, Value: not null }))
            yield return Issue(IssueType.Required, $"{header}.sender",
                "The sender is an Organization of the message with an identifier.");
        if (message.Reason is not (MessageReasons.New or MessageReasons.Update or MessageReasons.Cancel))
            yield return Issue(IssueType.Invariant, $"{header}.reason", "The reason is new, update or cancel.");
        foreach (var other in message.Content.Where(entry => !IsNeeded(entry, message)))
            yield return Issue(IssueType.BusinessRule, message.PathOf(other),
                "An absence is told without its diagnosis and anything else of care.");
        if (message.Focus<Observation>() is not { } absence)
        {
            yield return Issue(IssueType.Required, $"{header}.focus", "The focus is an Observation of the message.");
            yield break;
        }

        foreach (var fault in Of(message, absence, message.PathOf(absence), byEmployer))
            yield return fault;
    }

    private static bool IsNeeded(Resource entry, ReceivedMessage message) =>
        entry is Patient or Organization or Practitioner or PractitionerRole
        || ReferenceEquals(entry, message.Focus<Observation>());

    private static IEnumerable<FhirIssue> Of(
        ReceivedMessage message, Observation absence, string path, bool byEmployer)
    {
        foreach (var fault in Identity(absence, path))
            yield return fault;
        if (message.Resolve<Patient>(absence.Subject) is not { } patient
            || !patient.Identifier.Exists(identifier => identifier is { System: not null, Value: not null }))
            yield return Issue(IssueType.Required, $"{path}.subject",
                "The subject is a Patient of the message with an identifier.");
        if (message.Reason is MessageReasons.Cancel)
            yield break;
        foreach (var fault in Telling(absence, path))
            yield return fault;
        if (!byEmployer && !absence.Performer.Exists(writer =>
            message.Resolve<Resource>(writer) is Practitioner or PractitionerRole))
            yield return Issue(IssueType.Required, $"{path}.performer",
                "Who wrote the certificate: a Practitioner or PractitionerRole of the message.");
        foreach (var next in absence.Extension.Where(extension => extension.Url == Terms.NextAssessorExtension))
            if (next.Value is not ResourceReference reference || message.Resolve<Resource>(reference)
                is not (Practitioner or PractitionerRole or Organization))
                yield return Issue(IssueType.NotFound, $"{path}.extension",
                    "The next assessor is a professional or an Organization of the message.");
    }

    /// <summary>What it is and its number, whatever else it tells.</summary>
    public static IEnumerable<FhirIssue> Identity(Observation absence, string path)
    {
        if (!AbsenceObservation.Is(absence))
            yield return Issue(IssueType.CodeInvalid, $"{path}.code",
                $"The code is {AbsenceObservation.Code} of {Terms.Absence}.");
        if (!absence.Identifier.Exists(identifier => identifier is { System: not null, Value: not null }))
            yield return Issue(IssueType.Required, $"{path}.identifier",
                "An absence has the number that its sender gave it, so that it can be corrected.");
    }

    /// <summary>What an absence that is not withdrawn tells of itself.</summary>
    public static IEnumerable<FhirIssue> Telling(Observation absence, string path)
    {
        if (AbsenceObservation.SpellOf(absence) is not { } spell)
            yield return Issue(IssueType.Required, $"{path}.effective",
                "A Period with the first and the last day, the last not before the first.");
        else if (spell.Last.DayNumber - spell.First.DayNumber >= MostDays)
            yield return Issue(IssueType.Value, $"{path}.effective", $"An absence of {MostDays} days at most.");
        if (absence.Value is not null and not CodeableConcept
            || (absence.Value is CodeableConcept value && !value.Has(Terms.Absence, AbsenceObservation.Full)
                && !value.Has(Terms.Absence, AbsenceObservation.Partial)))
            yield return Issue(IssueType.CodeInvalid, $"{path}.value",
                $"The value is {AbsenceObservation.Full} or {AbsenceObservation.Partial} of {Terms.Absence}.");
        if (AbsenceObservation.InsuranceOf(absence) is null)
            yield return Issue(IssueType.CodeInvalid, $"{path}.component.value",
                $"{AbsenceObservation.InsuredAs} is one of "
                + $"{string.Join(", ", Enum.GetValues<Insurance>().Select(one => one.Code()))} of {Terms.Absence}.");
    }

    private static FhirIssue Issue(IssueType code, string path, string message) => Refusal.Issue(code, path, message);
}
