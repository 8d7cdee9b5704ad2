using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.Consents;
using Messages;
using Messages.Regions;
using ServiceKit.Storage;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// Who learns of a status: the psychiatric care team of the same controller always, a unit of occupational health only
/// by a consent in force that names it. Each receiver gets a message of its own with new ids and no more than it needs;
/// nothing that a coach wrote goes along.
/// </summary>
internal static class TellOfEmploymentStatus
{
    public static async Task Tell(StatusReport report, EpisodeOfCare episode, Session session)
    {
        var controller = await CareController.Find(session, report.Access, episode);
        var journey = CoachingCases.Journey(episode);
        if (controller is not null)
            await session.Outbox.Enqueue<EmploymentStatusForCareTeam>(
                ForCareTeam(report, controller, session), journey, ServiceNames.IpsCoaching);

        var consents = await session.Resources.FindByReference<Consent>(
            report.Access, "patient", "Patient", report.Person!.Id!);
        var newestJob = OdhJob.NewestSince(
            await OdhJob.Of(session, report.Access, report.Person.Id!), FinnishTime.DateOf(session.Now));
        foreach (var unit in DisclosurePolicy.UnitsToTell(consents, session.Now, newestJob)
            .Except(OwnUnits(controller)))
            await session.Outbox.Enqueue<EmploymentStatusForOccupationalHealth>(
                ForOccupationalHealth(report, unit, session), journey, ServiceNames.IpsCoaching);
    }

    private static Bundle ForCareTeam(StatusReport report, CareController controller, Session session)
    {
        var name = RegionDirectory.Names(controller.Region)?.Fi;
        var county = new Organization { Id = ResourceStore.NewId(), Name = name };
        county.Identifier.Add(new Identifier(Systems.Region, controller.Region));
        var unit = new Organization
        {
            Id = controller.Unit.Id, Identifier = [.. controller.Unit.Identifier], Name = controller.Unit.Name,
            PartOf = ReferenceTo(county),
        };
        var person = new Patient
        {
            Id = report.Person!.Id, Identifier = [.. report.Person.Identifier], Name = [.. report.Person.Name],
        };
        var status = Minimum(report.Observation, person);
        List<Resource> content = [status, person, unit, county];
        if (report.Former is { } former) content.Add(Origin(status, unit, former, session));
        var receiver = ReferenceTo(county);
        receiver.Identifier = new Identifier(Systems.Region, controller.Region);
        return Compose(status, content, receiver, ServiceNames.RegionHandoff, session);
    }

    // The person is named by the identity code alone, and by nothing that is ours.
    private static Bundle ForOccupationalHealth(StatusReport report, string unit, Session session)
    {
        var person = new Patient { Id = ResourceStore.NewId() };
        person.Identifier.AddRange(report.Person!.Identifier.Where(identifier =>
            identifier.System == Systems.IdentityCode));
        if (person.Identifier.Count == 0) person.Identifier.AddRange(report.Person.Identifier);
        var status = Minimum(report.Observation, person);
        var receiver = new ResourceReference
        {
            Type = "Organization", Identifier = new Identifier(Systems.Organisation, unit),
        };
        return Compose(status, [status, person], receiver, ServiceNames.OccupationalHealth, session);
    }

    private static Bundle Compose(
        Observation status, IReadOnlyList<Resource> content, ResourceReference receiver, string service,
        Session session)
    {
        var bundle = MessageBundle.Compose(
            Events.EmploymentStatusUpdate, ServiceNames.IpsCoaching, session.Now, status, content);
        var header = bundle.MessageHeader();
        header.Reason = new CodeableConcept(
            Systems.MessageReason,
            status.Status == ObservationStatus.EnteredInError ? Reasons.Cancel : Reasons.New);
        header.Destination.Add(new MessageHeader.MessageDestinationComponent
        {
            Endpoint = $"urn:omh:{service}", Receiver = receiver,
        });
        return bundle;
    }

    // Built anew, so that notes, performers, free text and extensions cannot slip through.
    private static Observation Minimum(Observation stored, Patient person)
    {
        var value = ((CodeableConcept)stored.Value!).Coding.First(coding => coding.System == Systems.EmploymentStatus);
        var minimum = new Observation
        {
            Id = stored.Id,
            Meta = new Meta { Profile = [OdhEmploymentStatus.Profile] },
            Status = stored.Status,
            Code = new CodeableConcept(Systems.Loinc, OdhEmploymentStatus.Code),
            Subject = ReferenceTo(person),
            Effective = new Period(new FhirDateTime(((Period)stored.Effective!).Start), null),
            Value = new CodeableConcept(Systems.EmploymentStatus, value.Code),
        };
        minimum.Category.Add(new CodeableConcept(OdhEmploymentStatus.CategorySystem, OdhEmploymentStatus.Category));
        return minimum;
    }

    private static Provenance Origin(Observation status, Organization unit, MessageHeader former, Session session)
    {
        var provenance = new Provenance { Id = ResourceStore.NewId(), Recorded = session.Now };
        provenance.Target.Add(ReferenceTo(status));
        provenance.Agent.Add(new Provenance.AgentComponent { Who = ReferenceTo(unit) });
        provenance.Entity.Add(new Provenance.EntityComponent
        {
            Role = ProvenanceEntityRole.Source, What = new ResourceReference($"MessageHeader/{former.Id}"),
        });
        return provenance;
    }

    // A consent that names one of the controller's own units speaks of no occupational health.
    private static IEnumerable<string> OwnUnits(CareController? controller) =>
        (controller?.Units ?? []).SelectMany(unit => unit.Identifier)
            .Where(identifier => identifier.System == Systems.Organisation)
            .Select(identifier => identifier.Value).OfType<string>();

    private static ResourceReference ReferenceTo(Resource resource) => new($"{resource.TypeName}/{resource.Id}");
}
