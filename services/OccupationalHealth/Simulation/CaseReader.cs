using System.Text;
using System.Text.Json;
using Fhir;
using Messages.Regions;
using OccupationalHealth.Placement;
using OccupationalHealth.Triage;
using OccupationalHealth.Workplace;
using ServiceKit.Rest;

namespace OccupationalHealth.Simulation;

/// <summary>
/// Reads a line of JSON straight to the facts of a case. Every fault is named by its member; no value is ever repeated.
/// Each text has to be one of a list, so that no name and no identity code can be in a case.
/// </summary>
internal sealed class CaseReader
{
    private const string YesOrNo = "true or false.", Number = "A whole number, 0 or more.", Day = "A day, as 2026-03-15.";

    private readonly Vocabulary<Member> members;
    private readonly Scenario scenario;

    private delegate bool Take(ref Utf8JsonReader reader, ref CaseDraft draft);

    private sealed record Member(string Name, string Expected, Take Take);

    public CaseReader(Scenario scenario)
    {
        this.scenario = scenario;
        var (level, severity, work) =
            (Vocabularies.Of<CareLevel>(), Vocabularies.Of<Severity>(), Vocabularies.Of<WorkRelatedness>());
        var (response, urgency) = (Vocabularies.Of<EarlierResponse>(), Vocabularies.Of<Urgency>());
        var method = Vocabularies.Of(scenario.Methods);
        var region = Vocabularies.Of(RegionDirectory.Codes);
        var municipality = Vocabularies.Of(RegionDirectory.Municipalities.Select(row => row.Code).Distinct());
        var employer = new Vocabulary<string[]>(scenario.Employers, name => [name]);
        var instrument = Vocabularies.Of(Instruments.All.Where(one => one.HasTotal).Select(one => one.Code));
        List<InstrumentScore> scores = [];
        List<Member> all =
        [
            new("asOf", Day, (ref r, ref c) => CaseValues.Day(ref r, out c.AsOf)),
            new("plannedStart", Day, (ref r, ref c) => CaseValues.Day(ref r, out c.PlannedStart)),
            new("emergency", YesOrNo, (ref r, ref c) => CaseValues.Flag(ref r, out c.Emergency)),
            new("acuteCrisis", YesOrNo, (ref r, ref c) => CaseValues.Flag(ref r, out c.AcuteCrisis)),
            new("safetyFlag", YesOrNo, (ref r, ref c) => CaseValues.Flag(ref r, out c.SafetyFlag)),
            new("workerChoosesRegion", YesOrNo, (ref r, ref c) => CaseValues.Flag(ref r, out c.WorkerChoosesRegion)),
            new("level", Words<CareLevel>(), (ref r, ref c) => CaseValues.Code(level, ref r, out c.Level)),
            new("severity", Words<Severity>(), (ref r, ref c) => CaseValues.Code(severity, ref r, out c.Severity)),
            new("disorder", YesOrNo, (ref r, ref c) => CaseValues.Flag(ref r, out c.Disorder)),
            new("scores", "Totals by instrument.", (ref r, ref c) => CaseValues.Scores(instrument, scores, ref r, out c.Scores)),
            new("workRelatedness", Words<WorkRelatedness>(),
                (ref r, ref c) => CaseValues.Code(work, ref r, out c.WorkRelatedness)),
            new("symptomMonths", Number, (ref r, ref c) => CaseValues.Count(ref r, out c.SymptomMonths)),
            new("earlierResponse", Words<EarlierResponse>(),
                (ref r, ref c) => CaseValues.Code(response, ref r, out c.EarlierResponse)),
            new("allowanceDays", Number, (ref r, ref c) => CaseValues.Count(ref r, out c.AllowanceDays)),
            new("recurrence", YesOrNo, (ref r, ref c) => CaseValues.Flag(ref r, out c.Recurrence)),
            new("age", Number, (ref r, ref c) => CaseValues.Count(ref r, out c.Age)),
            new("ageWhenNeedFound", Number, (ref r, ref c) => CaseValues.Count(ref r, out c.AgeWhenNeedFound)),
            new("methodAskedFor", "The code of a method.", (ref r, ref c) => method.TryRead(ref r, out c.MethodAskedFor)),
            new("urgencyAskedFor", Words<Urgency>(),
                (ref r, ref c) => CaseValues.Code(urgency, ref r, out c.UrgencyAskedFor)),
            new("region", "The two-digit code of a county.", (ref r, ref c) => region.TryRead(ref r, out c.Region)),
            new("municipality", "The code of a municipality.",
                (ref r, ref c) => municipality.TryRead(ref r, out c.Municipality)),
            new("hasCurrentEmployer", YesOrNo, (ref r, ref c) => CaseValues.Flag(ref r, out c.HasCurrentEmployer)),
            new("employers", "A list of employers with a contract in the scenario.",
                (ref r, ref c) => CaseValues.Employers(employer, ref r, out c.Employers)),
            new("used", "Visits by the code of a method.", (ref r, ref c) => CaseValues.Visits(method, ref r, out c.Used)),
        ];
        members = new([.. all.Select(member => member.Name)], name => all.First(member => member.Name == name));
    }

    /// <summary>The case of a line, or null with its faults; their places begin with <c>line[NUMBER]</c>.</summary>
    public SimulatedCase? Read(ReadOnlySpan<byte> line, long number, List<FhirIssue> faults)
    {
        var before = faults.Count;
        var draft = new CaseDraft();
        try
        {
            Fill(line, ref draft, number, faults);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            faults.Add(Refusal.Issue(IssueType.Structure, $"line[{number}]", "The line is not one JSON object."));
        }

        if (faults.Count == before)
            CheckDays(in draft, number, faults);
        if (faults.Count == before)
            return draft.Complete(draft.AsOf!.Value, draft.Region ?? RegionOf(in draft));
        if (NoPerson.IsNamedIn(Encoding.UTF8.GetString(line)))
            faults.Insert(before, Refusal.Issue(
                IssueType.BusinessRule, $"line[{number}]", "A case is nobody: no identity code in any member."));
        return null;
    }

    private void Fill(ReadOnlySpan<byte> line, ref CaseDraft draft, long number, List<FhirIssue> faults)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            throw new JsonException();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = members.TryRead(ref reader, out var member) ? member.Name
                : reader.ValueSpan.Length < 40 ? reader.GetString()!
                : "";
            reader.Read();
            if (member is not null
                && (reader.TokenType is JsonTokenType.Null || member.Take(ref reader, ref draft)))
                continue;
            faults.Add(member is null
                ? Refusal.Issue(IssueType.Structure, $"line[{number}]", Unknown(name))
                : Refusal.Issue(IssueType.Value, $"line[{number}].{name}", member.Expected));
            reader.Skip();
        }

        // What follows the object is a fault.
        reader.Read();
    }

    private void CheckDays(in CaseDraft draft, long number, List<FhirIssue> faults)
    {
        if (draft.AsOf is not { } day)
            faults.Add(Refusal.Issue(IssueType.Required, $"line[{number}].asOf", "A case has the day of its decision."));
        else if (day < scenario.From || day > scenario.Until)
            faults.Add(Refusal.Issue(IssueType.Value, $"line[{number}].asOf", "The day is outside the scenario."));
    }

    private static string? RegionOf(in CaseDraft draft) => draft.Municipality is { } code
        ? RegionDirectory.RegionOf(code, draft.PlannedStart ?? draft.AsOf!.Value)
        : null;

    // A name of letters only cannot be a person's identity code; another is not repeated.
    private static string Unknown(string name) => name.Length > 0 && name.All(char.IsAsciiLetter)
        ? $"A case has no member {name}."
        : "A case has no such member.";

    private static string Words<T>() where T : struct, Enum =>
        $"One of {string.Join(", ", Enum.GetValues<T>().Select(value => value.Code()))}.";
}
