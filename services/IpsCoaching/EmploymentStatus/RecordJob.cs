using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using ServiceKit.Rest;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// A job by REST. A change is what happens to a job: it begins, it ends. Anything else that differs from what was said
/// is a correction and says so by the status <c>corrected</c>. Contacts with the client become due with it.
/// </summary>
internal static class RecordJob
{
    private const string Path = "Observation";

    public static async Task<Refusal?> Check(Write<Observation> write)
    {
        var (job, session, access) = (write.Proposed, write.Session, write.Access);
        var today = Messages.FinnishTime.DateOf(session.Now);
        job.Issued = write.Current?.Issued ?? session.Now;
        var (person, personFaults) = await KnownPersons.Named(session, access, job.Subject, Path + ".subject");
        List<FhirIssue> faults = [.. personFaults];
        if (job.Status is not ObservationStatus.EnteredInError) faults.AddRange(OdhJob.Faults(job, today));
        if (write.Current is { } current) faults.AddRange(ChangeFaults(job, current));
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        var patient = new ResourceReference($"Patient/{person?.Id}");
        if (person is not null) await session.Lock(access, "Patient", person.Id!);
        if (person is null || await CoachingCases.Open(session, access, patient) is null)
            return new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(IssueType.BusinessRule, Path + ".subject",
                "The person has no open coaching case.")]);

        if (job.Status is not ObservationStatus.EnteredInError)
        {
            var others = (await OdhJob.Of(session, access, person.Id!)).Where(other => other.Id != job.Id);
            if (others.Any(other => Overlap(job, other)))
                return Refusal.Conflict(Path + ".effective",
                    "Another job with the same employer is recorded for some of these days.");
            job.SetExtension(OdhJob.IsCurrentUrl, new FhirBoolean(
                job.Status is not ObservationStatus.Registered && OdhJob.EndOf(job) is null));
        }

        await new FollowAlong(session, access) { Job = job }.Settle(patient);
        return null;
    }

    private static bool Overlap(Observation one, Observation other) =>
        OdhJob.EmployerOf(one) is { } employer && employer == OdhJob.EmployerOf(other)
        && OdhJob.StartOf(one) <= (OdhJob.EndOf(other) ?? DateOnly.MaxValue)
        && OdhJob.StartOf(other) <= (OdhJob.EndOf(one) ?? DateOnly.MaxValue);

    private static IEnumerable<FhirIssue> ChangeFaults(Observation proposed, Observation current)
    {
        if (current.Status is ObservationStatus.EnteredInError)
            yield return Fault(".status", "What was entered in error stays so: record the right job anew.");
        else if (proposed.Status is ObservationStatus.EnteredInError && !Same(proposed, current, withEnd: true))
            yield return Fault("", "A job is withdrawn unchanged but for its status.");
        if (proposed.Subject?.Reference != current.Subject?.Reference)
            yield return Fault(".subject", "A job stays with its person.");
        if (proposed.Code?.Coding is not [{ Code: OdhJob.Code }, ..])
            yield return Fault(".code", "A job stays a job.");
        if (proposed.Status is ObservationStatus.Registered && current.Status is not ObservationStatus.Registered)
            yield return Fault(".status", "A job that had begun does not become one that is only agreed.");
        if (proposed.Status is ObservationStatus.Corrected or ObservationStatus.EnteredInError) yield break;
        if (!Same(proposed, current, withEnd: OdhJob.EndOf(current) is not null))
            yield return Fault(".status",
                "This is no change but a correction of what was said: send it with the status corrected.");
    }

    // What may change without being a correction is left out of the comparison.
    private static bool Same(Observation proposed, Observation current, bool withEnd)
    {
        var isAgreed = current.Status is ObservationStatus.Registered
            && proposed.Status is not ObservationStatus.EnteredInError;
        var (one, other) = (proposed.Clone(), current.Clone());
        foreach (var job in new[] { one, other })
        {
            (job.Meta, job.Text, job.StatusElement) = (null, null, null);
            job.Extension.RemoveAll(extension => extension.Url == OdhJob.IsCurrentUrl
                || (!withEnd && extension.Url == OdhJob.EndReasonUrl));
            if (job.Effective is not Period period) continue;
            if (!withEnd) period.EndElement = null;
            if (isAgreed) period.StartElement = null;
        }

        return one.DeepEquals(other);
    }

    private static FhirIssue Fault(string place, string message) =>
        Refusal.Issue(IssueType.BusinessRule, Path + place, message);
}
