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

    private readonly List<Member> members;
    private readonly Scenario scenario;

    private delegate bool Take(ref Utf8JsonReader reader, CaseDraft draft);

    private sealed record Member(byte[] Name, string Expected, Take Take);

    public CaseReader(Scenario scenario)
    {
        this.scenario = scenario;
        var (level, severity, work) =
            (Vocabularies.Of<CareLevel>(), Vocabularies.Of<Severity>(), Vocabularies.Of<WorkRelatedness>());
        var (response, urgency) = (Vocabularies.Of<EarlierResponse>(), Vocabularies.Of<Urgency>());
        var method = Vocabularies.Of(scenario.Methods);
        var region = Vocabularies.Of(RegionDirectory.Codes);
        var municipality = Vocabularies.Of(RegionDirectory.Municipalities.Select(row => row.Code).Distinct());
        var employer = Vocabularies.Of(scenario.Employers);
        var instrument = Vocabularies.Of(Instruments.All.Where(one => one.HasTotal).Select(one => one.Code));
        members =
        [
            Of("asOf", Day, (ref r, c) => CaseValues.Day(ref r, out c.AsOf)),
            Of("plannedStart", Day, (ref r, c) => CaseValues.Day(ref r, out c.PlannedStart)),
            Of("emergency", YesOrNo, (ref r, c) => CaseValues.Flag(ref r, out c.Emergency)),
            Of("acuteCrisis", YesOrNo, (ref r, c) => CaseValues.Flag(ref r, out c.AcuteCrisis)),
            Of("safetyFlag", YesOrNo, (ref r, c) => CaseValues.Flag(ref r, out c.SafetyFlag)),
            Of("workerChoosesRegion", YesOrNo, (ref r, c) => CaseValues.Flag(ref r, out c.WorkerChoosesRegion)),
            Of("level", Words<CareLevel>(), (ref r, c) => CaseValues.Code(level, ref r, out c.Level)),
            Of("severity", Words<Severity>(), (ref r, c) => CaseValues.Code(severity, ref r, out c.Severity)),
            Of("disorder", YesOrNo, (ref r, c) => CaseValues.Flag(ref r, out c.Disorder)),
            Of("scores", "Totals by instrument.", (ref r, c) => CaseValues.Scores(instrument, ref r, out c.Scores)),
            Of("workRelatedness", Words<WorkRelatedness>(),
                (ref r, c) => CaseValues.Code(work, ref r, out c.WorkRelatedness)),
            Of("symptomMonths", Number, (ref r, c) => CaseValues.Count(ref r, out c.SymptomMonths)),
            Of("earlierResponse", Words<EarlierResponse>(),
                (ref r, c) => CaseValues.Code(response, ref r, out c.EarlierResponse)),
            Of("allowanceDays", Number, (ref r, c) => CaseValues.Count(ref r, out c.AllowanceDays)),
            Of("recurrence", YesOrNo, (ref r, c) => CaseValues.Flag(ref r, out c.Recurrence)),
            Of("age", Number, (ref r, c) => CaseValues.Count(ref r, out c.Age)),
            Of("ageWhenNeedFound", Number, (ref r, c) => CaseValues.Count(ref r, out c.AgeWhenNeedFound)),
            Of("methodAskedFor", "The code of a method.", (ref r, c) => method.TryRead(ref r, out c.MethodAskedFor)),
            Of("urgencyAskedFor", Words<Urgency>(),
                (ref r, c) => CaseValues.Code(urgency, ref r, out c.UrgencyAskedFor)),
            Of("region", "The two-digit code of a county.", (ref r, c) => region.TryRead(ref r, out c.Region)),
            Of("municipality", "The code of a municipality.",
                (ref r, c) => municipality.TryRead(ref r, out c.Municipality)),
            Of("hasCurrentEmployer", YesOrNo, (ref r, c) => CaseValues.Flag(ref r, out c.HasCurrentEmployer)),
            Of("employers", "A list of employers with a contract in the scenario.",
                (ref r, c) => CaseValues.Texts(employer, ref r, out c.Employers)),
            Of("used", "Visits by the code of a method.", (ref r, c) => CaseValues.Visits(method, ref r, out c.Used)),
        ];
    }

    /// <summary>The case of a line, or null with its faults; their places begin with <c>line[NUMBER]</c>.</summary>
    public SimulatedCase? Read(ReadOnlySpan<byte> line, long number, List<FhirIssue> faults)
    {
        var before = faults.Count;
        var draft = new CaseDraft();
        try
        {
            Fill(line, draft, number, faults);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            faults.Add(Refusal.Issue(IssueType.Structure, $"line[{number}]", "The line is not one JSON object."));
        }

        if (faults.Count == before)
            CheckDays(draft, number, faults);
        if (faults.Count == before)
            return draft.Complete(draft.AsOf!.Value, draft.Region ?? RegionOf(draft));
        if (NoPerson.IsNamedIn(Encoding.UTF8.GetString(line)))
            faults.Insert(before, Refusal.Issue(
                IssueType.BusinessRule, $"line[{number}]", "A case is nobody: no identity code in any member."));
        return null;
    }

    private void Fill(ReadOnlySpan<byte> line, CaseDraft draft, long number, List<FhirIssue> faults)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            throw new JsonException();
        // Programs write members in one order: the next is mostly the one after the last.
        for (var next = 0; reader.Read() && reader.TokenType is JsonTokenType.PropertyName;)
        {
            var member = Find(ref reader, ref next);
            var name = member is null && reader.ValueSpan.Length < 40 ? reader.GetString()! : "";
            reader.Read();
            if (member is null)
                faults.Add(Refusal.Issue(IssueType.Structure, $"line[{number}]", Unknown(name)));
            else if (reader.TokenType is not JsonTokenType.Null && !member.Take(ref reader, draft))
                faults.Add(Refusal.Issue(IssueType.Value, Place(number, member), member.Expected));
            reader.Skip();
        }

        // What follows the object is a fault.
        reader.Read();
    }

    private Member? Find(ref Utf8JsonReader reader, ref int next)
    {
        for (var i = 0; i < members.Count; i++, next++)
        {
            if (next == members.Count)
                next = 0;
            if (reader.ValueTextEquals(members[next].Name))
                return members[next++];
        }

        return null;
    }

    private void CheckDays(CaseDraft draft, long number, List<FhirIssue> faults)
    {
        if (draft.AsOf is not { } day)
            faults.Add(Refusal.Issue(IssueType.Required, $"line[{number}].asOf", "A case has the day of its decision."));
        else if (day < scenario.From || day > scenario.Until)
            faults.Add(Refusal.Issue(IssueType.Value, $"line[{number}].asOf", "The day is outside the scenario."));
    }

    private static string? RegionOf(CaseDraft draft) => draft.Municipality is { } code
        ? RegionDirectory.RegionOf(code, draft.PlannedStart ?? draft.AsOf!.Value)
        : null;

    // A name of letters only cannot be a person's identity code; another is not repeated.
    private static string Unknown(string name) => name.Length > 0 && name.All(char.IsAsciiLetter)
        ? $"A case has no member {name}."
        : "A case has no such member.";

    private static string Place(long number, Member member) => $"line[{number}].{Encoding.UTF8.GetString(member.Name)}";

    private static Member Of(string name, string expected, Take take) =>
        new(Encoding.UTF8.GetBytes(name), expected, take);

    private static string Words<T>() where T : struct, Enum =>
        $"One of {string.Join(", ", Enum.GetValues<T>().Select(value => value.Code()))}.";
}
