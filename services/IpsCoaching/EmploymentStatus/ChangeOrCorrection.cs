using Fhir;
using ServiceKit.Rest;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// What may become of a recorded job or education. A change is what happens to it: it begins, it ends. Anything else
/// that differs from what was said is a correction and says so by the status <c>corrected</c>. Pure.
/// </summary>
internal static class ChangeOrCorrection
{
    private const string Path = "Observation";

    public static IEnumerable<FhirIssue> Faults(Observation proposed, Observation current, string endReasonUrl)
    {
        if (current.Status is ObservationStatus.EnteredInError)
            yield return Fault(".status", "What was entered in error stays so: record the right one anew.");
        else if (proposed.Status is ObservationStatus.EnteredInError
            && !Same(proposed, current, withEnd: true, endReasonUrl))
            yield return Fault("", "It is withdrawn unchanged but for its status.");
        if (proposed.Subject?.Reference != current.Subject?.Reference)
            yield return Fault(".subject", "It stays with its person.");
        if (!proposed.Code.DeepEquals(current.Code))
            yield return Fault(".code", "It stays what it is.");
        if (proposed.Status is ObservationStatus.Registered && current.Status is not ObservationStatus.Registered)
            yield return Fault(".status", "What had begun does not become something that is only agreed.");
        if (proposed.Status is ObservationStatus.Corrected or ObservationStatus.EnteredInError) yield break;
        if (!Same(proposed, current, withEnd: OdhJob.EndOf(current) is not null, endReasonUrl))
            yield return Fault(".status",
                "This is no change but a correction of what was said: send it with the status corrected.");
    }

    // What may change without being a correction is left out of the comparison.
    private static bool Same(Observation proposed, Observation current, bool withEnd, string endReasonUrl)
    {
        var isAgreed = current.Status is ObservationStatus.Registered
            && proposed.Status is not ObservationStatus.EnteredInError;
        var (one, other) = (proposed.Clone(), current.Clone());
        foreach (var job in new[] { one, other })
        {
            (job.Meta, job.Text, job.StatusElement) = (null, null, null);
            job.Extension.RemoveAll(extension => extension.Url == OdhJob.IsCurrentUrl
                || (!withEnd && extension.Url == endReasonUrl));
            if (job.Effective is not Period period) continue;
            if (!withEnd) period.EndElement = null;
            if (isAgreed) period.StartElement = null;
        }

        return one.DeepEquals(other);
    }

    private static FhirIssue Fault(string place, string message) =>
        Refusal.Issue(IssueType.BusinessRule, Path + place, message);
}
