using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>What is still to be done for a person.</summary>
internal static class OpenTasks
{
    /// <summary>The open Tasks of some kinds, the newest first.</summary>
    public static async Task<List<FhirTask>> Of(Session session, Access access, string person, params string[] kinds) =>
        [.. (await session.Resources.FindAll<FhirTask>(access,
            new SearchClause.Reference("subject", [new TokenValue("Patient", person)]),
            new SearchClause.Token("code", [.. kinds.Select(kind => new TokenValue(Systems.TaskKind, kind))])))
            .Where(task => TaskMoves.IsOpen(task.Status))];
}
