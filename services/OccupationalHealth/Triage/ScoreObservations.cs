using Fhir;
using ServiceKit.Storage;

namespace OccupationalHealth.Triage;

/// <summary>The Observations that stand beside a stored questionnaire, one of a code.</summary>
internal sealed class ScoreObservations(Session session, Access access)
{
    /// <summary>Stores and answers what the answers come to now; what they no longer say was an error.</summary>
    public async Task<IReadOnlyList<Observation>> Replace(
        QuestionnaireResponse response, IEnumerable<Observation> observations)
    {
        // What a sender tells itself has a source, and is not ours to change.
        var former = (await session.Resources.FindByReference<Observation>(
                access, "derived-from", response.TypeName, response.Id!))
            .Where(other => other.Meta?.Source is null).ToList();
        List<Observation> current = [];
        foreach (var observation in observations)
        {
            current.Add(observation);
            if (former.Find(other => CodeOf(other) == CodeOf(observation)) is not { } same)
            {
                await session.Resources.Create(access, observation);
                continue;
            }

            former.Remove(same);
            observation.Id = same.Id;
            await session.Resources.Update(access, observation);
        }

        foreach (var gone in former.Where(other => other.Status is not ObservationStatus.EnteredInError))
        {
            gone.Status = ObservationStatus.EnteredInError;
            await session.Resources.Update(access, gone);
        }

        return current;
    }

    private static (string?, string?) CodeOf(Observation observation) =>
        (observation.Code?.Coding[0].System, observation.Code?.Coding[0].Code);
}
