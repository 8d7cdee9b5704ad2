using Fhir;
using IpsCoaching.Cases;
using ServiceKit.Rest;

namespace IpsCoaching.Career;

/// <summary>Work-incentive counselling that was given, by REST.</summary>
public sealed class RecordCounselling : IWriteRule<Procedure>
{
    private const string Path = "Procedure";

    public async Task<Refusal?> Check(Write<Procedure> write, CancellationToken cancel)
    {
        var counselling = write.Proposed;
        if (write.Current is { } current)
            return CaseFact.WithdrawalFault(
                counselling, current, one => one.Status = EventStatus.EnteredInError) is { } fault
                ? Refusal.BadRequest(fault) : null;
        var performer = counselling.Performer is [var only] ? only.Actor : null;
        var fact = new CaseFact(
            (counselling.Subject, Path + ".subject"), (counselling.Performed as FhirDateTime, Path + ".performed"),
            (performer, Path + ".performer"));
        return await fact.Check(write.Session, write.Access, HeadFaults(counselling));
    }

    private static IEnumerable<FhirIssue> HeadFaults(Procedure counselling)
    {
        if (counselling.Status is not null and not EventStatus.Completed)
            yield return Refusal.Issue(IssueType.Value, Path + ".status", "What was given is completed.");
        if (counselling.Code?.Has(Counselling.SystemUrl, Counselling.WorkIncentive.Code) != true)
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".code",
                $"The code is {Counselling.WorkIncentive.Code} of {Counselling.SystemUrl}.");
    }
}
