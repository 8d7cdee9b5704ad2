using Fhir;

namespace Messages.Guide;

/// <summary>For each event what its message holds: the header, the focus, and the people and units that it names.</summary>
internal static class MessageProfiles
{
    private const string Practitioners = "(agent.who.resolve().ofType(Practitioner)"
        + " | agent.who.resolve().ofType(PractitionerRole).practitioner.resolve().ofType(Practitioner))";

    public static IReadOnlyList<StructureDefinition> All { get; } =
    [
        .. Of(Events.ReferralRequest, "Task", "numbered-task", referral => referral
            .Rule("", "The sender is an Organization of the message, with an identifier.",
                $"entry.first().resource.sender.resolve().ofType(Organization).where({Profiles.Identified}).exists()")
            .Rule("", "A referral is an order to fulfil, for a Patient with an identifier, with its ServiceRequest.",
                "entry.first().resource.reason.coding.where(code = 'confirm' or code = 'cancel').exists() or "
                + "entry.first().resource.focus.resolve().ofType(Task).where(intent = 'order' and authoredOn.exists()"
                + " and code.coding.where(code = 'fulfill').exists() and focus.resolve().ofType(ServiceRequest).exists()"
                + $" and for.resolve().ofType(Patient).where({Profiles.Identified}).exists() and requester.resolve().exists())"
                + ".exists()")
            .Rule("", "A placement is confirmed or overridden by a named professional with an identifier.",
                "entry.resource.ofType(Provenance).where(activity.coding.where(system = "
                + $"'{Canonicals.CodeSystem("provenance-activity")}').exists()).all({Practitioners}.where("
                + $"{Profiles.Identified} and name.where(text.exists() or family.exists()).exists()).exists())")
            .Rule("", "Facts are codes of placement-fact.", "entry.resource.ofType(Observation).code.coding.where("
                + $"system = '{Canonicals.CodeSystem("placement-fact")}').all(code in ({Facts}))")),
        .. Of(Events.HandoffRequest, "Task", "numbered-task", m => m),
        .. Of(Events.HandoffCancel, "Task", "numbered-task", m => m),
        .. Of(Events.HandoffResponse, "Task", "handoff-answer", m => m),
        .. Of(Events.CoachingRequest, "Task", "coaching-task", coaching => coaching
            .Rule("", "The Task is for a Patient with an identifier, and asks for ips by a ServiceRequest of the message.",
                "entry.first().resource.focus.resolve().ofType(Task).where("
                + $"for.resolve().ofType(Patient).where({Profiles.Identified}).exists() and focus.resolve()"
                + $".ofType(ServiceRequest).where(code.coding.where(system = '{Systems.Method}' and code = 'ips').exists())"
                + ".exists()).exists()")
            .Rule("", "A request for coaching is new.",
                "entry.first().resource.reason.coding.code.all($this = 'new')")),
        .. Of(Events.EmploymentStatusUpdate, "Observation", "employment-status-report", status => status
            .Rule("", "The subject is a Patient of the message, with an identifier.",
                "entry.first().resource.focus.resolve().ofType(Observation).subject.resolve().ofType(Patient)"
                + $".where({Profiles.Identified}).exists()")),
        .. Of(Events.SicknessAbsenceNotice, "Observation", "absence", notice => notice
            .Rule("", Telling, Told)),
        .. Of(Events.EmployerAbsenceNotice, "Observation", "absence", notice => notice
            .Rule("", Telling, Told)
            .Rule("", "One occupational-health provider is named by identifier.",
                "entry.first().resource.destination.where(receiver.identifier.where(system.exists() and value.exists())"
                + ".exists()).count() = 1")),
        .. Of(Events.WorkAbilityReferral, "Task", "numbered-task", m => m),
        .. Of(Events.WorkAbilityFollowUp, "Task", "numbered-task", m => m),
        // RegionHandoff/Catalogue/CatalogueFaults.cs
        .. Of(Events.CatalogueUpdate, "HealthcareService", "told-unit", told => told
            .Rule("", "A unit is told without any person.",
                "entry.skip(1).resource.all($this.is(HealthcareService) or $this.is(Organization) or $this.is(Provenance))")),
    ];

    // OccupationalHealth/WorkAbility/AbsenceFaults.cs
    private const string Telling = "The sender and the worker have identifiers, and nothing of care comes along.",
        Told = "entry.first().resource.sender.resolve().ofType(Organization).where(" + Profiles.Identified + ").exists()"
            + " and entry.first().resource.focus.resolve().ofType(Observation).subject.resolve().ofType(Patient).where("
            + Profiles.Identified + ").exists() and entry.skip(1).resource.all($this.is(Patient) or $this.is(Organization)"
            + " or $this.is(Practitioner) or $this.is(PractitionerRole) or $this.is(Observation))";

    private static string Facts => string.Join(" | ", Codes.Systems.First(s => s.Id == "placement-fact").Concept
        .Select(concept => $"'{concept.Code}'"));

    private static IEnumerable<StructureDefinition> Of(
        string @event, string type, string focus, Func<ProfileMaker, ProfileMaker> more)
    {
        yield return new ProfileMaker($"header-{@event}", "MessageHeader", $"The header of a {@event}.")
            .Min("id", 1).Type("event[x]", "Coding").Pattern("event[x]", new Coding(Systems.MessageEvent, @event))
            .Min("focus", 1).Target("focus", Canonicals.StructureDefinition(focus)).None("response").Make();
        var message = new ProfileMaker($"message-{@event}", "Bundle", $"A message of the event {@event}.")
            .Min("id", 1).Fixed("type", new Code("message")).SlicedByType("entry", "resource")
            .Min("entry:header", 1).Max("entry:header", "1").Min("entry:header.resource", 1)
            .Type("entry:header.resource", "MessageHeader", Canonicals.StructureDefinition($"header-{@event}"))
            .Rule("", $"The focus is a {type} of the message.",
                $"entry.first().resource.focus.resolve().ofType({type}).exists()");
        foreach (var finnish in (string[])["Patient", "Organization", "Practitioner", "PractitionerRole"])
        {
            var slice = $"entry:{finnish}";
            message.Min(slice, 0).Min(slice + ".resource", 1)
                .Type(slice + ".resource", finnish, FinnishProfiles.Canonical(finnish));
        }
        yield return more(message).Make();
    }
}
