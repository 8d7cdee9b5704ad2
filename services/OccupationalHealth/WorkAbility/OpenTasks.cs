using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>What is still to be done for a person: the open Tasks of some kinds.</summary>
internal sealed class OpenTasks(Session session, Access access, params string[] kinds)
{
    private (string Person, SearchClause[] Clauses)? expected;

    /// <summary>The newest first.</summary>
    public async Task<List<FhirTask>> Of(string person)
    {
        var clauses = expected is var (other, same) && other == person ? same : Clauses(person);
        return [.. (await session.Resources.FindAll<FhirTask>(access, clauses)).Where(task => TaskMoves.IsOpen(task.Status))];
    }

    /// <summary>Tells, in a trial, whose are likely to be asked for: they come along with the next question.</summary>
    public void Expect(string person)
    {
        var clauses = Clauses(person);
        session.Resources.Expect<FhirTask>(access, clauses);
        expected = (person, clauses);
    }

    private SearchClause[] Clauses(string person) =>
    [
        new SearchClause.Reference("subject", [new TokenValue("Patient", person)]),
        new SearchClause.Token("code", [.. kinds.Select(kind => new TokenValue(Systems.TaskKind, kind))]),
    ];
}
