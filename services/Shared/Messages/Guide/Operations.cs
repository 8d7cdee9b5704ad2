using Fhir;

namespace Messages.Guide;

/// <summary>The operations of our own; a test holds them to the routes that the services have.</summary>
internal static class Operations
{
    public static IReadOnlyList<OperationDefinition> All { get; } =
    [
        // OccupationalHealth
        new OperationMaker("place", CalledOn.Type, ResourceType.ServiceRequest, false,
                "What would become of a referral: it is handled as ever, and nothing is stored or sent.")
            .Takes("referral", "Bundle", "A message referral-request, as the body itself.", 1)
            .Gives("return", "Bundle", "The answer that the referral would get.").Make(),
        new OperationMaker("score", CalledOn.Type, ResourceType.QuestionnaireResponse, false,
                "Total, band and safety flag of answers to an instrument; nothing is stored.")
            .Takes("answers", "QuestionnaireResponse", "The answers, as the body itself; none may be missing.", 1)
            .Gives("return", "Bundle", "A collection of Observations.").Make(),
        new OperationMaker("series", CalledOn.Type, ResourceType.Observation, false,
                "A person's totals of an instrument, session by session; also as text/csv and image/svg+xml.")
            .Takes("patient", "string", "Id of the Patient at this base.", 1)
            .Takes("code", "string", "Code of the instrument, or system|code of its total.", 1)
            .Takes("lang", "code", "fi, sv or en, for the table and the chart.")
            .Gives("return", "Bundle", "A collection of Observations, the oldest first.").Make(),
        new OperationMaker("import", CalledOn.Type, ResourceType.Contract, true,
                "Employers' contracts of a spreadsheet (the body is text/csv in UTF-8): all lines or none.")
            .Takes("dry-run", "boolean", "Whether nothing is to be stored, in the address.")
            .Gives("return", "OperationOutcome", "What became of each line.").Make(),
        new OperationMaker("hand-over", CalledOn.Instance, ResourceType.Task, true,
                "The worker's employer has changed: the follow-up of the ability to work moves to another unit.")
            .Takes("receiver", "Identifier", "The new employer's occupational health.", 1)
            .Takes("consent", "Consent", "The worker's Consent, which permits that unit.", 1)
            .Gives("return", "Task", "The follow-up of the new unit.").Make(),
        new OperationMaker("psychotherapy-readiness", CalledOn.Type, ResourceType.ServiceRequest, false,
                "What is still missing for Kela's rehabilitative psychotherapy. It proposes; a physician and Kela decide.")
            .Takes("age", "integer", "Whole years.").Takes("diagnosed-on", "date", "Day of the diagnosis.")
            .Takes("months-of-care", "integer", "Months of appropriate care since.")
            .Takes("psychiatrists-statement", "boolean", "Whether there is one.")
            .Takes("work-or-study-threatened", "boolean", "Whether the disorder threatens work or study.")
            .Takes("alternatives-considered", "boolean", "Whether other care was considered.")
            .Gives("ready", "boolean", "Whether nothing is missing.")
            .Gives("missing", "CodeableConcept", "A condition that is not met, in three languages.", 0, "*").Make(),

        new OperationMaker("for-employer", CalledOn.Instance, ResourceType.Patient, false,
                "What occupational health may hand to an employer about a worker; refused where the worker forbids it.")
            .Takes("employer", "Identifier", "The employer.", 1)
            .Takes("provider", "Identifier", "The occupational health whose contract with it is in force.", 1)
            .Gives("checkpoint", "Element", "A checkpoint of an absence.", 0, "*")
            .Gives("negotiation", "Element", "A negotiation that the employer took part in.", 0, "*").Make(),
        new OperationMaker("simulate", CalledOn.Base, null, false,
                "Where care would go in a year's cases under alternative contracts and catalogues; the body is NDJSON, a "
                + "scenario and then a case a line. Also as text/csv and image/svg+xml.")
            .Takes("lang", "code", "fi, sv or en, for the table and the chart.")
            .Gives("policy-version", "string", "The rules that decided.")
            .Gives("faulty-lines", "integer", "How many lines were left out.")
            .Gives("demand", "MeasureReport", "The demand in each alternative; groups under 5 are hidden.")
            .Gives("faults", "OperationOutcome", "The first faults of lines.", 0).Make(),

        // IpsCoaching
        new OperationMaker("may-be-said", CalledOn.Instance, ResourceType.EpisodeOfCare, false,
                "What the coach may say of the client to one employer now; it comes in the body, since addresses are logged.")
            .Takes("employer", "Identifier", "The employer's business id.", 1)
            .Gives("contact", "boolean", "Whether the employer may be contacted.")
            .Gives("preference", "Reference", "The client's answer that this follows.", 0)
            .Gives("asked", "dateTime", "When the client was asked.", 0)
            .Gives("may-say", "Element", "Something that may be said.", 0, "*")
            .Part("topic", "Coding", "Its topic.").Part("text", "CodeableConcept", "The sentence in three languages.")
            .Gives("agreed-words", "string", "The words that client and coach have agreed on.", 0)
            .Gives("limit", "CodeableConcept", "That nothing else may be said, in three languages.").Make(),
        new OperationMaker("caseload", CalledOn.Instance, ResourceType.Practitioner, false,
                "The coach's open cases in a team, each with what is to be done next.")
            .Takes("team", "string", "The team, as Organization/id.", 1)
            .Gives("coach", "Reference", "The coach.").Gives("team", "Reference", "The team.")
            .Gives("day", "date", "The day of the list.").Gives("size", "integer", "How many cases there are.")
            .Gives("limit", "integer", "How many there may be.")
            .Gives("over-limit", "boolean", "Whether there are more.")
            .Gives("case", "Element", "A case.", 0, "*")
            .Part("episode", "Reference", "The case.").Part("patient", "Reference", "The client, by name.")
            .Part("status", "code", "Status of the case.").Part("entered", "date", "When it was opened.")
            .Part("phase", "Coding", "Its phase.").Part("phase-since", "date", "Since when.")
            .Part("missed-contacts", "integer", "How many contacts were missed.")
            .Part("next-action", "Element", "What is due: kind, due, overdue.", 0, "*").Make(),
        new OperationMaker("transfer-caseload", CalledOn.Instance, ResourceType.Practitioner, true,
                "A coach leaves: the open cases go over to another coach of the team, all that are named or none.")
            .Takes("team", "Reference", "The team.", 1).Takes("to", "Reference", "The coach who takes over.", 1)
            .Takes("episode", "Reference", "A case, where not all go over.", 0, "*")
            .Gives("episode", "Reference", "A case that went over.", 0, "*").Make(),
        new OperationMaker("import-cases", CalledOn.Base, null, true,
                "Cases of a spreadsheet, all lines or none, by the rules of one that is sent by REST.")
            .Takes("file", "Element", "The text, as valueBase64Binary or valueString.", 1)
            .Takes("column", "Element", "Which column holds which field.", 1, "*")
            .Part("field", "code", "The field.").Part("header", "string", "The head of the column.")
            .Takes("team", "Reference", "The team that coaches.", 1).Takes("coach", "Reference", "The coach.")
            .Takes("care-unit", "Reference", "The unit that cares for the clients.")
            .Takes("dry-run", "boolean", "Whether to answer the same and store nothing.")
            .Gives("dry-run", "boolean", "Whether nothing was stored.").Gives("lines", "integer", "How many lines came.")
            .Gives("line", "Element", "What became of a line: created, valid, changed, known or refused.", 0, "*")
            .Gives("faults", "OperationOutcome", "In a dry run: every fault with its line and column.", 0).Make(),
        new OperationMaker("import-records", CalledOn.Base, null, true,
                "Jobs, employment statuses or contacts of a spreadsheet, for clients whose cases are here: all lines or none.")
            .Takes("kind", "code", "jobs, employment-status or contacts.", 1)
            .Takes("file", "Element", "The text, as valueBase64Binary or valueString.", 1)
            .Takes("column", "Element", "Which column holds which field.", 1, "*")
            .Part("field", "code", "The field.").Part("header", "string", "The head of the column.")
            .Takes("occupation-system", "uri", "With jobs: the code system of the occupations.")
            .Takes("coach", "Reference", "With contacts: the coach.")
            .Takes("dry-run", "boolean", "Whether to answer the same and store nothing.")
            .Gives("dry-run", "boolean", "Whether nothing was stored.").Gives("lines", "integer", "How many lines came.")
            .Gives("line", "Element", "What became of a line: created, valid, changed, known or refused.", 0, "*")
            .Gives("faults", "OperationOutcome", "In a dry run: every fault with its line and column.", 0).Make(),
        new OperationMaker("export", CalledOn.Instance, ResourceType.Organization, false,
                "The cases of the unit with what hangs on them, one resource a line (application/fhir+ndjson).")
            .Takes("_type", "string", "Types, with commas between them; all without it.")
            .Takes("_since", "instant", "Only what was stored since.")
            .Takes("_count", "integer", "So many cases at once; the header Link leads to the next.").Make(),

        // RegionHandoff
        new OperationMaker("mailbox", CalledOn.Base, null, false,
                "What waits for a region that polls: its unacknowledged messages, the oldest first.")
            .Takes("region", "string", "Two-digit county code.", 1)
            .Takes("_count", "integer", "How many at the most.")
            .Gives("return", "Bundle", "A collection of message Bundles, byte for byte as received.").Make(),
        new OperationMaker("acknowledge", CalledOn.Instance, ResourceType.MessageHeader, true,
                "The region has the message: it leaves the mailbox. Again and again if need be.")
            .Gives("return", "OperationOutcome", "That it is so.").Make(),
        new OperationMaker("undelivered", CalledOn.Base, null, false,
                "What no region acknowledged, for those who run the system; nothing of persons.")
            .Gives("undelivered", "Element", "A message.", 0, "*")
            .Part("message", "id", "Id of its header.").Part("event", "code", "Its event.")
            .Part("region", "string", "County code.").Part("reason", "code", "Why.")
            .Part("urgent", "boolean", "Whether it was urgent.")
            .Part("senderTold", "boolean", "Whether the sender got a report.").Make(),
    ];
}
