using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.EmploymentStatus;

/// <summary>Education by REST: it is agreed, begins, ends, is corrected or withdrawn, as a job is.</summary>
internal static class RecordEducation
{
    private const string Path = "Observation";

    public static async Task<Refusal?> Check(Write<Observation> write)
    {
        var (education, session, access) = (write.Proposed, write.Session, write.Access);
        var today = FinnishTime.DateOf(session.Now);
        education.Issued = write.Current?.Issued ?? session.Now;
        var (person, personFaults) = await KnownPersons.Named(session, access, education.Subject, Path + ".subject");
        List<FhirIssue> faults = [.. personFaults];
        if (education.Status is not ObservationStatus.EnteredInError)
            faults.AddRange(Education.Faults(education, today));
        if (write.Current is { } current)
            faults.AddRange(ChangeOrCorrection.Faults(education, current, Education.EndReasonUrl));
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        if (person is not null) await session.Lock(access, person.TypeName, person.Id!);
        if (person is null
            || await CoachingCases.Open(session, access, new ResourceReference($"Patient/{person.Id}")) is null)
            return new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(IssueType.BusinessRule, Path + ".subject",
                "The person has no open coaching case.")]);
        if (education.Status is ObservationStatus.EnteredInError) return null;
        var others = await Education.Of(session, access, person.Id!);
        return others.Any(other => other.Id != education.Id && Overlap(education, other))
            ? Refusal.Conflict(Path + ".effective", "The same education is recorded for some of these days.")
            : null;
    }

    // Two at once are two; the same twice is one of them too many.
    private static bool Overlap(Observation one, Observation other) =>
        one.Value.DeepEquals(other.Value)
        && Education.StartOf(one) <= (Education.EndOf(other) ?? DateOnly.MaxValue)
        && Education.StartOf(other) <= (Education.EndOf(one) ?? DateOnly.MaxValue);
}
