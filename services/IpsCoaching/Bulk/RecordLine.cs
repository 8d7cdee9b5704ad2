using System.Globalization;
using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Storage;
using ServiceKit.Tables;

namespace IpsCoaching.Bulk;

/// <summary>
/// One line of a spreadsheet as the resource that REST would be sent. What is missing is left out, so that the rule of
/// the type says so; only what cannot be read at all is a fault here.
/// </summary>
/// <param name="value">The content of a field, trimmed; null or empty without.</param>
/// <param name="occupations">The code system of the occupations.</param>
/// <param name="coach">Who had the contacts.</param>
internal sealed class RecordLine(Func<string, string?> value, string? occupations, ResourceReference? coach)
{
    private readonly List<LineFault> faults = [];

    public IReadOnlyList<LineFault> Faults => faults;

    /// <summary>The client by identity code; null where the line names none.</summary>
    public ResourceReference? Client => Text(RecordKind.Client) is { } code
        ? new ResourceReference { Identifier = new Identifier(Systems.IdentityCode, code.ToUpperInvariant()) }
        : null;

    public Observation Job()
    {
        var job = Observed(OdhJob.Profile, OdhJob.Code);
        job.Effective = new Period(Day("started"), Day("ended"));
        if (Text("occupation") is { } occupation) job.Value = new CodeableConcept(occupations!, occupation);
        job.SetExtension(OdhJob.KindUrl, new Coding(OdhJob.KindSystem, Text("job-kind") ?? OdhJob.Competitive));
        if (Text("employer") is { } employer) job.SetExtension(OdhJob.EmployerUrl, Employer(employer));
        if (Text("end-reason") is { } reason)
            job.SetExtension(OdhJob.EndReasonUrl, new Coding(OdhJob.EndReasonSystem, reason));
        Component(OdhJob.HoursPerDay, Number("hours-a-day"));
        Component(OdhJob.DaysPerWeek, Number("days-a-week"));
        Component(OdhJob.WorkClass, Text("work-class") is { } work
            ? new CodeableConcept(OdhJob.WorkClassSystem, work) : null);
        return job;

        void Component(string code, DataType? content)
        {
            if (content is not null)
                job.Component.Add(new Observation.ComponentComponent
                {
                    Code = new CodeableConcept(Systems.Loinc, code), Value = content,
                });
        }
    }

    public Observation Status()
    {
        var status = Observed(OdhEmploymentStatus.Profile, OdhEmploymentStatus.Code);
        status.Effective = new Period(Day("started"), null);
        status.Value = new CodeableConcept(Systems.EmploymentStatus, Text("status") ?? "");
        return status;
    }

    public Encounter Contact()
    {
        var contact = new Encounter
        {
            Status = EncounterStatus.Finished, Period = new Period(Day("day"), null),
            Class = new Coding(CoachContact.ClassSystem, Text("place") ?? ""),
        };
        if (Number("minutes") is { } minutes)
            contact.Length = new Duration
            {
                Value = minutes.Value, Unit = "min", System = Quantity.Ucum, Code = "min",
            };
        contact.Type.Add(new CodeableConcept(CoachContact.KindSystem, Text("contact-kind") ?? ""));
        if (Text("employer") is { } employer) contact.SetExtension(CoachContact.EmployerUrl, Employer(employer));
        contact.Participant.Add(new Encounter.ParticipantComponent { Individual = coach?.Clone() });
        if (Text(RecordKind.OwnId) is { } id)
        {
            contact.Identifier.Add(new Identifier(KnownContacts.OwnIdSystem, id));
            if (IdentityCodes.AreIn(id))
                faults.Add(new LineFault(RecordKind.OwnId, IssueType.Value,
                    "An id of the contact, in which no identity code stands."));
        }

        return contact;
    }

    private Observation Observed(string profile, string code) => new()
    {
        Meta = new Meta { Profile = [profile] }, Status = ObservationStatus.Final, Subject = Client,
        Category = [new CodeableConcept(OdhEmploymentStatus.CategorySystem, OdhEmploymentStatus.Category)],
        Code = new CodeableConcept(Systems.Loinc, code),
    };

    private static ResourceReference Employer(string id) =>
        new() { Identifier = new Identifier(BusinessId.SystemUrl, id) };

    private string? Text(string field) => value(field) is { Length: > 0 } text ? text : null;

    private FhirDateTime? Day(string field)
    {
        if (Text(field) is not { } text) return null;
        if (CsvReader.Day(text) is { } day) return new FhirDateTime(CaseRule.Day(day));
        faults.Add(new LineFault(field, IssueType.Value, "A day, as 31.1.2026 or 2026-01-31."));
        return null;
    }

    // With the comma of a Finnish spreadsheet too.
    private Quantity? Number(string field)
    {
        if (Text(field) is not { } text) return null;
        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)) return new Quantity { Value = number };
        faults.Add(new LineFault(field, IssueType.Value, "A number."));
        return null;
    }
}
