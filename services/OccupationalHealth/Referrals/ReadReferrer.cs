using Fhir;
using Messages;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Placement;
using ServiceKit.Messaging;

namespace OccupationalHealth.Referrals;

/// <summary>Reads who refers: by profession and for which organisation, since a contract may say who may.</summary>
internal static class ReadReferrer
{
    public static PlacementFacts Into(PlacementFacts facts, ReceivedMessage message, Referral referral, Filing filing)
    {
        var requester = message.Resolve<Resource>(referral.Task.Requester);
        var role = requester as PractitionerRole ?? message.Bundle.All<PractitionerRole>().FirstOrDefault(one =>
            requester is Practitioner && ReferenceEquals(message.Resolve<Practitioner>(one.Practitioner), requester));
        var person = requester as Practitioner ?? message.Resolve<Practitioner>(role?.Practitioner);
        var organisation = requester as Organization ?? message.Resolve<Organization>(role?.Organization)
            ?? referral.Sender;
        return facts with
        {
            ReferrerRoles =
            [
                .. Referrers.Professions(
                    (role?.Code ?? []).Concat(person?.Qualification.Select(right => right.Code!) ?? [])),
            ],
            ReferringOrganisation = filing.IdOf(organisation),
        };
    }
}
