using Fhir;
using OccupationalHealth.Triage;
using OccupationalHealth.WorkAbility;
using ServiceKit.Rest;

namespace OccupationalHealth;

/// <summary>Encounters by REST: each kind has a rule of its own, and stays of its kind.</summary>
public sealed class EncounterRule : IWriteRule<Encounter>
{
    private static readonly FirstInterviewRule FirstInterview = new();
    private static readonly NegotiationRule Negotiation = new();

    public Task<Refusal?> Check(Write<Encounter> write, CancellationToken cancel) =>
        KindOf(write.Current ?? write.Proposed) switch
        {
            FirstInterviewRule.Kind => FirstInterview.Check(write, cancel),
            NegotiationRule.Type => Negotiation.Check(write, cancel),
            _ => Task.FromResult<Refusal?>(Refusal.BadRequest(Refusal.Issue(
                IssueType.CodeInvalid, "Encounter.type",
                $"{FirstInterviewRule.Kind} or {NegotiationRule.Type} of {Terms.EncounterType}."))),
        };

    private static string? KindOf(Encounter encounter) => encounter.Type.SelectMany(type => type.Coding)
        .FirstOrDefault(coding => coding.System == Terms.EncounterType)?.Code;
}
