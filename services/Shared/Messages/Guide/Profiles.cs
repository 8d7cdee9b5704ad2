using Fhir;

namespace Messages.Guide;

/// <summary>Profiles of single resources, as the services demand them. Each says which code it follows.</summary>
internal static class Profiles
{
    public const string Placer = "identifier.where(type.coding.where(system = '" + Systems.IdentifierType
        + "' and code = 'PLAC').exists() and system.exists() and value.exists()).exists()";

    /// <summary>An identifier by which others know the resource.</summary>
    public const string Identified = "identifier.where(system.exists() and value.exists()).exists()";

    private const string TaskCode = "http://hl7.org/fhir/CodeSystem/task-code",
        ConsentScope = "http://terminology.hl7.org/CodeSystem/consentscope",
        Participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
        Odh = "https://profiles.ihe.net/PCC/ODH/StructureDefinition/odh-EmploymentStatus";

    public static IReadOnlyList<StructureDefinition> All { get; } =
    [
        // OccupationalHealth/Referrals/ReferralFaults.cs
        new ProfileMaker("numbered-task", "Task", "A Task that its placer can name again: confirmed, cancelled.")
            .Rule("", "The Task has the sender's own number, of type PLAC.", Placer).Make(),
        new ProfileMaker("referral-task", "Task", "The Task of a new or updated referral.")
            .Rule("", "The Task has the sender's own number, of type PLAC.", Placer)
            .Fixed("intent", new Code("order")).Min("code", 1).Coded("code", TaskCode, "fulfill")
            .Min("focus", 1).Min("for", 1).Min("authoredOn", 1).Min("requester", 1).Make(),
        new ProfileMaker("referral-request", "ServiceRequest", "What a referral or a request for coaching asks for.")
            .Fixed("intent", new Code("order")).Make(),

        // IpsCoaching/Cases/CoachingRequest.cs; who asks may stand in the ServiceRequest instead.
        new ProfileMaker("coaching-task", "Task", "The Task of a request for IPS coaching.")
            .Rule("", "The Task has the requester's own number, of type PLAC.", Placer)
            .Fixed("status", new Code("requested")).Fixed("intent", new Code("order"))
            .Min("code", 1).Coded("code", TaskCode, "fulfill").Min("focus", 1).Min("for", 1).Make(),

        // RegionHandoff/Handoffs/RegionResponsePolicy.cs
        new ProfileMaker("handoff-answer", "Task", "A region's answer to a handoff.")
            .Rule("", "The handoff is named by the placer's number or by the journey.",
                $"{Placer} or groupIdentifier.where(system = '{Systems.Journey}' and value.exists()).exists()")
            .Bound("status", "handoff-answer-status")
            .Rule("", "A rejection has a coded reason.", "status = 'rejected' implies statusReason.coding.where("
                + $"system = '{Canonicals.CodeSystem("rejection-reason")}' and code.exists()).exists()")
            .Rule("", "A rejection has guidance.", $"status = 'rejected' implies {Output("guidance", "string")}")
            .Rule("", "A rejection says whether the patient was told.",
                $"status = 'rejected' implies {Output("patient-informed", "boolean")}")
            .Rule("output", "Outputs are values.", "value.is(Reference).not()").Make(),

        // IpsCoaching/EmploymentStatus/OdhEmploymentStatus.cs
        new ProfileMaker("employment-status-report", "Observation",
                "An employment status when it begins: IHE PCC ODH 1.0.1, odh-EmploymentStatus, and our own rules.")
            .Rule("", "The profile of ODH is stated.", $"meta.profile.where($this = '{Odh}').exists()")
            .Fixed("status", new Code("final"))
            .Rule("", "The category is social-history.", "category.coding.where(system = "
                + "'http://terminology.hl7.org/CodeSystem/observation-category' and code = 'social-history').exists()")
            .Coded("code", Systems.Loinc, "74165-2").Min("subject", 1)
            .Type("effective[x]", "Period").Min("effective[x]", 1)
            .Min("effective[x].start", 1).None("effective[x].end")
            .Rule("effective[x]", "The start is known to the day.", "start.toString().length() >= 10")
            .Type("value[x]", "CodeableConcept").Min("value[x]", 1).Bound("value[x]", "employment-status")
            .Rule("value[x]", "There is one status.",
                $"coding.where(system = '{Systems.EmploymentStatus}').count() = 1")
            .None("dataAbsentReason", "hasMember", "component").Make(),

        // OccupationalHealth/WorkAbility/AbsenceFaults.cs
        new ProfileMaker("absence", "Observation", "A sickness absence, without its diagnosis.")
            .Rule("", "An absence has the number that its sender gave it.", Identified)
            .Coded("code", Canonicals.CodeSystem("absence"), "sickness-absence").Min("subject", 1)
            .Rule("effective[x]", "The period has a first and a last day.",
                "$this.is(Period) implies (start.exists() and end.exists())")
            .Rule("value[x]", "The absence is full or partial.",
                $"coding.where(system = '{Canonicals.CodeSystem("absence")}' and (code = 'full' or code = 'partial'))"
                + ".exists()").Make(),

        // OccupationalHealth/EmployerContracts/ContractReading.cs
        new ProfileMaker("employer-contract", "Contract", "An employer's contract with occupational health.")
            .Min("applies", 1).Min("applies.start", 1).Min("subject", 1).Max("subject", "1")
            .Min("authority", 1).Max("authority", "1")
            .Rule("", "One scope of care, a code of contract-scope.", "subType.coding.where("
                + $"system = '{Canonicals.CodeSystem("contract-scope")}').count() = 1 and subType.coding.where(system = "
                + $"'{Canonicals.CodeSystem("contract-scope")}').all(code in ('preventive' | 'preventive-and-medical-care'))")
            .Rule("term.asset.valuedItem", "An item names a method.",
                $"entity.ofType(CodeableConcept).coding.where(system = '{Systems.Method}' and code.exists()).exists()")
            .Rule("term.asset.valuedItem", "A quota is a whole number of visits, 0 or more.", "quantity.empty() or "
                + "(quantity.value.exists() and quantity.value >= 0 and quantity.value = quantity.value.truncate())")
            .Rule("term.asset.valuedItem", "Who may refer is a coded profession or an Organization.", "extension.where(url = "
                + $"'{Canonicals.StructureDefinition("may-refer")}').all(value.is(Reference) or value.ofType(CodeableConcept)"
                + ".coding.where(system.exists() and code.exists()).exists())")
            .Make(),

        // IpsCoaching/Consents/ConsentRule.cs
        new ProfileMaker("disclosure-consent", "Consent", "A person lets coaches tell a unit, or forbids it.")
            .Coded("scope", ConsentScope, "patient-privacy")
            .Rule("", "One category is 59284-0 of LOINC.",
                $"category.coding.where(system = '{Systems.Loinc}' and code = '59284-0').exists()")
            .Min("dateTime", 1).Min("organization", 1)
            .Rule("", "The policy that the person agreed to is named.", "policy.uri.exists()")
            .Min("provision", 1).Min("provision.type", 1)
            .Rule("provision", "A permit names the unit that may be told.", "type = 'deny' or actor.exists()")
            .Coded("provision.actor.role", Participation, "IRCP")
            .None([.. Narrowings.Select(element => "provision." + element)]).Make(),

        // OccupationalHealth/Catalogue/HealthcareServiceRule.cs and UnitReading.cs
        new ProfileMaker("catalogue-unit", "HealthcareService", "A unit of a catalogue: what is offered, by whom.")
            .Min("providedBy", 1).Min("name", 1)
            .Rule("", "A unit is one place of care, a code of care-place.", "category.coding.where(system = "
                + $"'{Canonicals.CodeSystem("care-place")}').count() = 1").Make(),

        // RegionHandoff/Catalogue/CatalogueFaults.cs
        new ProfileMaker("told-unit", "HealthcareService", "A unit as its region tells it.")
            .Rule("", "The unit has the region's own number.", Identified)
            .Rule("", "It says when it was told.", "meta.lastUpdated.exists()")
            .Min("active", 1).Min("name", 1)
            .Rule("", "A unit is one place of care, a code of care-place.", "category.coding.where(system = "
                + $"'{Canonicals.CodeSystem("care-place")}').count() = 1").Make(),

        // OccupationalHealth/Referrals/DescribePlacement.cs
        new ProfileMaker("placement-guidance", "GuidanceResponse", "Why care is placed where it is.")
            .Type("module[x]", "canonical").Min("requestIdentifier", 1).Min("subject", 1).Min("occurrenceDateTime", 1)
            .Min("outputParameters", 1)
            .Rule("", "What is missing is told with data-required.",
                "(status = 'data-required') = dataRequirement.exists()")
            .Make(),

        // IpsCoaching/Cases/EnterCase.cs
        new ProfileMaker("coaching-case", "EpisodeOfCare", "A case of IPS coaching.")
            .Rule("", "The type is ips.", $"type.coding.where(system = '{Systems.Method}' and code = 'ips').exists()")
            .Min("managingOrganization", 1)
            .Rule("", "The case has a journey.", $"identifier.where(system = '{Systems.Journey}').exists()").Make(),
    ];

    private static IEnumerable<string> Narrowings =>
        ["action", "securityLabel", "purpose", "class", "code", "dataPeriod", "data", "provision"];

    private static string Output(string code, string type) => "output.where(type.coding.where(system = "
        + $"'{Systems.TaskOutput}' and code = '{code}').exists() and value.is({type})).exists()";
}
