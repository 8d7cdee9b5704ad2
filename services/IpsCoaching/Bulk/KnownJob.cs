using Fhir;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Bulk;

/// <summary>
/// Tells whether a job of a spreadsheet is recorded already. The key is the client, the first day and the employer or,
/// where there is none, the occupation and the kind.
/// </summary>
internal static class KnownJob
{
    private static readonly string[] Components = [OdhJob.HoursPerDay, OdhJob.DaysPerWeek, OdhJob.WorkClass];

    public static async Task<Recorded> Find(Session session, Access access, string person, Observation line)
    {
        var all = (await session.Resources.FindAll<Observation>(access,
                new SearchClause.Reference("patient", [new TokenValue(nameof(Patient), person)]),
                new SearchClause.Token("code", [new TokenValue(Systems.Loinc, OdhJob.Code)])))
            .Where(one => KeyOf(one) == KeyOf(line)).ToList();
        if (all.Find(one => one.Status is not ObservationStatus.EnteredInError) is not { } known)
            return all.Find(one => ContentOf(one) == ContentOf(line)) is { } withdrawn
                ? new Recorded.Already(withdrawn, "It was withdrawn here since: nothing is stored.")
                : new Recorded.Not();
        // What was agreed only has begun.
        if (known.Status is ObservationStatus.Registered) return new Recorded.Otherwise(known);
        if (ContentOf(known) == ContentOf(line)) return new Recorded.Already(known);
        return (await session.Resources.History(access, known.TypeName, known.Id!))
            .Any(version => ContentOf(version.As<Observation>()) == ContentOf(line))
            ? new Recorded.Already(known, "It was changed here since: nothing is stored.")
            : new Recorded.Otherwise(known);
    }

    /// <summary>The job as the line has it, with all else that is recorded; a correction is said to be one.</summary>
    public static Observation With(Observation known, Observation line)
    {
        var job = known.Clone();
        ((Period)job.Effective!).EndElement = ((Period)line.Effective!).EndElement?.Clone();
        if (ContentOf(known).Occupation != ContentOf(line).Occupation) job.Value = line.Value?.Clone();
        foreach (var url in new[] { OdhJob.KindUrl, OdhJob.EndReasonUrl }.Where(url =>
            !known.GetExtension(url).DeepEquals(line.GetExtension(url))))
        {
            job.Extension.RemoveAll(one => one.Url == url);
            job.Extension.AddRange(line.Extension.Where(one => one.Url == url).Select(one => one.Clone()));
        }

        foreach (var code in Components.Where(code => ValueOf(known, code) != ValueOf(line, code)))
        {
            job.Component.RemoveAll(one => Is(one, code));
            job.Component.AddRange(line.Component.Where(one => Is(one, code)).Select(one => one.Clone()));
        }

        job.Extension.RemoveAll(one => one.Url == OdhJob.IsCurrentUrl);
        job.Status = ObservationStatus.Final;
        if (ChangeOrCorrection.Faults(job, known, OdhJob.EndReasonUrl).Any()) job.Status = ObservationStatus.Corrected;
        return job;
    }

    private static (DateOnly?, string?, string?, string?) KeyOf(Observation job) => OdhJob.EmployerOf(job) is { } employer
        ? (OdhJob.StartOf(job), employer, null, null)
        : (OdhJob.StartOf(job), null, OccupationOf(job), OdhJob.KindOf(job));

    private static Content ContentOf(Observation job) => new(
        OdhJob.EndOf(job), OdhJob.EndReasonOf(job), OccupationOf(job), OdhJob.KindOf(job),
        string.Join('|', Components.Select(code => ValueOf(job, code))));

    private static string? OccupationOf(Observation job) =>
        (job.Value as CodeableConcept)?.Coding is [{ } code, ..] ? $"{code.System}|{code.Code}" : null;

    private static string? ValueOf(Observation job, string code) =>
        job.Component.Find(one => Is(one, code))?.Value switch
        {
            // 4 and 4.0 are the same.
            Quantity { Value: { } number } => FormattableString.Invariant($"{number:0.############}"),
            CodeableConcept concept => concept.Coding.Find(one => one.System == OdhJob.WorkClassSystem)?.Code,
            _ => null,
        };

    private static bool Is(Observation.ComponentComponent component, string code) =>
        component.Code?.Has(Systems.Loinc, code) == true;

    private sealed record Content(DateOnly? End, string? EndReason, string? Occupation, string? Kind, string Work);
}
