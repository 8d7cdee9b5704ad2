using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>Stores an absence, or the correction of one that is known by its number.</summary>
internal sealed class StoreAbsence(ReceivedMessage message, Session session, Filing filing)
{
    /// <param name="sent">The absence in the message.</param>
    /// <param name="person">Id of the Patient.</param>
    /// <param name="unit">To whom it is told.</param>
    /// <param name="toldBy">The employer, where it tells the absence itself.</param>
    public async Task<Refusal?> Store(
        Observation sent, string person, Organization unit, ResourceReference? toldBy = null)
    {
        var known = await Known(sent, person, unit);
        var path = $"{message.PathOf(sent)}.identifier";
        if (known is null && message.Reason is not MessageReasons.New)
            return Refusal.NotFound("No absence with this number was told before.");
        if (known is not null && message.Reason is MessageReasons.New)
            return Refusal.Conflict(path, "An absence with this number was told before; correct it with reason update.");
        if (known is not null)
            filing.Keep(sent, known.Id!);
        await filing.Store(except: [sent]);
        if (known is not null && message.Reason is MessageReasons.Cancel)
        {
            known.Status = ObservationStatus.EnteredInError;
            await session.Resources.Update(message.Access, known);
            return null;
        }

        var absence = filing.Copy(sent);
        absence.Extension.RemoveAll(extension => extension.Url == Terms.ToldByExtension);
        if (toldBy is not null)
            absence.Extension.Add(new Extension { Url = Terms.ToldByExtension, Value = toldBy });
        absence.Performer.Add(new ResourceReference($"Organization/{unit.Id}"));
        if (known is null)
            await session.Resources.Create(message.Access, absence);
        else
            await session.Resources.Update(message.Access, absence);
        return null;
    }

    private async Task<Observation?> Known(Observation sent, string person, Organization unit)
    {
        var numbers = sent.Identifier.Where(identifier => identifier is { System: not null, Value: not null }).ToList();
        return (await AbsenceObservation.Of(session, message.Access, person, unit.Id!))
            .Find(absence => absence.Identifier.Exists(known =>
                numbers.Exists(number => number.System == known.System && number.Value == known.Value)));
    }
}
