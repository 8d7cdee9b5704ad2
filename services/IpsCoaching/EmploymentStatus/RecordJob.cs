using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using ServiceKit.Rest;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// A job by REST: it is agreed, begins, ends, is corrected or withdrawn. Contacts with the client become due with it.
/// </summary>
internal static class RecordJob
{
    private const string Path = "Observation";

    public static async Task<Refusal?> Check(Write<Observation> write, bool takesPast = false)
    {
        var (job, session, access) = (write.Proposed, write.Session, write.Access);
        var today = Messages.FinnishTime.DateOf(session.Now);
        job.Issued = write.Current?.Issued ?? session.Now;
        var (person, personFaults) = await KnownPersons.Named(session, access, job.Subject, Path + ".subject");
        List<FhirIssue> faults = [.. personFaults];
        if (job.Status is not ObservationStatus.EnteredInError) faults.AddRange(OdhJob.Faults(job, today));
        if (write.Current is { } current) faults.AddRange(ChangeOrCorrection.Faults(job, current, OdhJob.EndReasonUrl));
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        var patient = new ResourceReference($"Patient/{person?.Id}");
        if (person is not null) await session.Lock(access, "Patient", person.Id!);
        if (person is null || await (takesPast && OdhJob.StartOf(job) is { } start
            ? CoachingCases.On(session, access, patient, start)
            : CoachingCases.Open(session, access, patient)) is null)
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
}
