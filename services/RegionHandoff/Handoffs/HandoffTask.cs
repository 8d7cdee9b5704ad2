using Fhir;
using Messages;
using ServiceKit.Storage;

namespace RegionHandoff.Handoffs;

/// <summary>By what both sides know a handoff's Task: the placer's own number, and the journey.</summary>
public static class HandoffTask
{
    private const int MostOfOneNumber = 20;

    /// <summary>The placer's numbers (type PLAC); one as a rule.</summary>
    public static IReadOnlyList<Identifier> Placer(FhirTask task) => [.. task.Identifier.Where(identifier =>
        identifier.Type?.Has(Systems.IdentifierType, "PLAC") == true && identifier.Value is not null)];

    /// <summary>The journey's id, or null.</summary>
    public static string? Journey(FhirTask task) =>
        task.GroupIdentifier?.System == Systems.Journey ? task.GroupIdentifier.Value : null;

    /// <summary>
    /// The stored Task that another names by its placer's number, its journey or both; where both are given, both hold.
    /// Until the transaction ends nobody else moves it.
    /// </summary>
    public static async Task<FhirTask?> Find(Session session, Access access, FhirTask named)
    {
        var (placer, journey) = (Placer(named), Journey(named));
        SearchClause? clause = (placer.Count, journey) switch
        {
            ( > 0, _) => new SearchClause.Token(
                "identifier", [.. placer.Select(number => new TokenValue(number.System ?? "", number.Value))]),
            (_, { } id) => new SearchClause.Token("group-identifier", [new TokenValue(Systems.Journey, id)]),
            _ => null,
        };
        if (clause is null) return null;
        var matches = await session.Resources.Search(
            access, new SearchQuery("Task") { Clauses = [clause], Count = MostOfOneNumber });
        var found = matches.Matches.Select(match => match.As<FhirTask>())
            .FirstOrDefault(task => journey is null || Journey(task) == journey);
        if (found is null) return null;
        await session.Lock(access, "Task", found.Id!);
        return await session.Resources.Get<FhirTask>(access, found.Id!);
    }
}
