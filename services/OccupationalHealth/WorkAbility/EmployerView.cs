using Fhir;
using Messages;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Storage;
using static Fhir.Parameters;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// All that an employer may be told of a worker: the checkpoints that follow from the absences which it reported itself,
/// the negotiations in which it took part, and the measures that the worker released one by one. It is made of these
/// alone; nothing of care, of placements or of what others told is read.
/// </summary>
internal sealed class EmployerView(Session session, Access access, Organization employer, Organization unit)
{
    private readonly string employerReference = $"Organization/{employer.Id}";
    private readonly DateOnly today = FinnishTime.DateOf(session.Now);

    // Kela's part in a checkpoint is between Kela and the worker.
    private static readonly Party[] Parties = [Party.Employer, Party.Employee, Party.OccupationalHealth];

    public async Task<Parameters> Of(string person)
    {
        var view = new Parameters();
        view.Parameter.AddRange((await Checkpoints(person)).Select(Checkpoint));
        foreach (var meeting in await Negotiations(person))
            view.Parameter.Add(Negotiation(meeting));
        return view;
    }

    private async Task<IEnumerable<Checkpoint>> Checkpoints(string person)
    {
        var told = (await AbsenceObservation.Of(session, access, person, unit.Id!))
            .FindAll(absence => AbsenceObservation.ToldBy(absence) == employerReference);
        if (told.Count == 0)
            return [];
        var accumulated = await FindContracts.CountsAbsencesTogether(session, access, employer.Id!, unit.Id!, today);
        return AbsencePolicy.Due([.. told.Select(AbsenceObservation.SpellOf).OfType<AbsenceSpell>()], today,
                new AbsenceTerms(Insurance.Employee, accumulated), WorkAbilityRules.InForceOn(today))
            .Where(checkpoint => checkpoint.Parties.Contains(Party.Employer));
    }

    private async Task<IEnumerable<Encounter>> Negotiations(string person) =>
        (await session.Resources.FindByReference<Encounter>(access, "subject", "Patient", person))
        .Where(meeting => meeting.Status is EncounterStatus.Finished
            && meeting.Type.Exists(type => type.Has(Terms.EncounterType, NegotiationRule.Type))
            && Units.Is(meeting.ServiceProvider, unit)
            && meeting.Extension.Exists(extension => extension.Url == Terms.EmployerExtension
                && (extension.Value as ResourceReference)?.Reference == employerReference))
        .OrderBy(meeting => meeting.Period?.Start, StringComparer.Ordinal);

    private static Parameters.ParameterComponent Checkpoint(Checkpoint checkpoint) => Parts("checkpoint",
    [
        Part("kind", Texts.Coding(Terms.AbsenceCheckpoint, checkpoint.Code, CheckpointTexts.Of(checkpoint.Code))),
        Part("from", new Date(checkpoint.Opens)),
        Part("due", new Date(checkpoint.Due)),
        .. checkpoint.Parties.Intersect(Parties)
            .Select(party => Part("party", Texts.Coding(Terms.Party, party.Code(), CheckpointTexts.Of(party)))),
    ]);

    private static Parameters.ParameterComponent Negotiation(Encounter meeting) => Parts("negotiation",
    [
        Part("on", new Date(FinnishTime.DayOf(meeting.Period?.StartElement)!.Value)),
        .. Parties.Select(party => Part("party", Texts.Coding(Terms.Party, party.Code(), CheckpointTexts.Of(party)))),
        .. meeting.Extension.Where(NegotiationRule.IsReleased)
            .Select(measure => Part("measure", new FhirString(((FhirString)measure.GetExtension("text")!.Value!).Value))),
    ]);
}
