using System.Globalization;
using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>POST ServiceRequest/$psychotherapy-readiness</c>: what is still missing for Kela's rehabilitative psychotherapy.
/// Parameters, all optional, none of which names a person: <c>age</c>, <c>diagnosed-on</c>, <c>months-of-care</c>,
/// <c>psychiatrists-statement</c>, <c>work-or-study-threatened</c>, <c>alternatives-considered</c>. Answers
/// <c>ready</c> and each <c>missing</c> condition in three languages. It proposes; a physician and Kela decide.
/// </summary>
public static class AskPsychotherapyReadiness
{
    private static readonly Dictionary<string, Type> Known = new()
    {
        ["age"] = typeof(Integer), ["diagnosed-on"] = typeof(Date), ["months-of-care"] = typeof(Integer),
        ["psychiatrists-statement"] = typeof(FhirBoolean), ["work-or-study-threatened"] = typeof(FhirBoolean),
        ["alternatives-considered"] = typeof(FhirBoolean),
    };

    public static void MapPsychotherapyReadiness(this RouteGroupBuilder group) => group.MapParameters(
        "/ServiceRequest/$psychotherapy-readiness",
        (session, _, _, input) => Task.FromResult(Answer(input, FinnishTime.DateOf(session.Now))));

    private static (Resource? Answer, Refusal? Refusal) Answer(Parameters input, DateOnly today)
    {
        if (Faults(input).ToList() is { Count: > 0 } faults)
            return (null, Refusal.BadRequest(faults));
        var missing = PsychotherapyReadiness.Missing(
            new PsychotherapyFacts
            {
                DiagnosedOn = DateOnly.TryParse(
                    input.Value<Date>("diagnosed-on")?.Value, CultureInfo.InvariantCulture, out var day)
                    ? day
                    : null,
                MonthsOfCare = input.Value<Integer>("months-of-care")?.Value,
                PsychiatristsStatement = input.Value<FhirBoolean>("psychiatrists-statement")?.Value,
                WorkOrStudyThreatened = input.Value<FhirBoolean>("work-or-study-threatened")?.Value,
                AlternativesConsidered = input.Value<FhirBoolean>("alternatives-considered")?.Value,
            },
            input.Value<Integer>("age")?.Value, today, PlacementRules.InForceOn(today));
        var answer = new Parameters();
        answer.Parameter.Add(new Parameters.ParameterComponent
        {
            Name = "ready", Value = new FhirBoolean(missing.Count == 0),
        });
        answer.Parameter.AddRange(missing.Select(reason => new Parameters.ParameterComponent
        {
            Name = "missing", Value = Texts.Coding(Terms.PlacementReason, reason.Code, reason.Text),
        }));
        return (answer, null);
    }

    private static IEnumerable<FhirIssue> Faults(Parameters input)
    {
        for (var i = 0; i < input.Parameter.Count; i++)
        {
            var part = input.Parameter[i];
            if (!Known.TryGetValue(part.Name ?? "", out var type))
                yield return Refusal.Issue(IssueType.NotSupported, $"Parameters.parameter[{i}].name",
                    $"The parameters are {string.Join(", ", Known.Keys)}.");
            else if (part.Value?.GetType() != type)
                yield return Refusal.Issue(IssueType.Value, $"Parameters.parameter[{i}].value",
                    $"{part.Name} takes a value[x] of type {type.Name}.");
        }
    }
}
