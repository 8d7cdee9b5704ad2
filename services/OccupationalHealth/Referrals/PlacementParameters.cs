using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fhir;
using OccupationalHealth.Placement;
using static Fhir.Parameters;

namespace OccupationalHealth.Referrals;

/// <summary>
/// The decision as Parameters: what was decided, every reason, the alternatives, the gaps and the inputs.
/// </summary>
internal static class PlacementParameters
{
    public static Parameters Of(PlacementDecision decision)
    {
        var parameters = new Parameters { Id = "placement" };
        Add("care-place", new Code(decision.Place.Code()));
        Add("urgency", new Code(decision.Need.Urgency.Code()));
        if (decision.Need.Level is { } level)
            Add("care-level", new Code(level.Code()));
        if (decision.Chosen.Method is { } method)
            Add("method", new Code(method));
        if (decision.FollowUp is { } followUp)
            Add("follow-up-owner", new Code(followUp.Owner.Code()));
        if (decision.Chosen.Unit is { } unit)
            Add("unit", new ResourceReference($"HealthcareService/{unit}"));
        if (decision.Chosen.ExpectedStart is { } start)
            Add("expected-start", new Date(start));
        if (decision.Chosen.Bridge is { } bridge)
            Add("bridge", new Code(bridge));
        if (decision.Overridden is { } policysChoice)
            Add("overridden", new Code(policysChoice.Place.Code()));
        parameters.Parameter.AddRange(decision.Beside.Select(beside => Parts("beside",
        [
            Part("method", new Code(beside.Method)),
            .. beside.Reasons.Select(reason => Part(
                reason.For ? "for" : "against", Texts.Coding(Terms.PlacementReason, reason.Code, reason.Text))),
        ])));
        parameters.Parameter.AddRange(decision.Deadlines.Select(deadline => Parts("deadline",
        [
            Part("kind", new Code(deadline.Kind.Code())),
            Part("by", new Date(deadline.By)),
            Part("binding", new FhirBoolean(deadline.Binding)),
        ])));
        parameters.Parameter.AddRange(decision.Reasons.Select(Reason));
        parameters.Parameter.AddRange(decision.Alternatives.Select(Alternative));
        parameters.Parameter.AddRange(decision.Missing.Select(Missing));
        Add("policy-version", new FhirString(decision.PolicyVersion));
        parameters.Parameter.AddRange(Inputs(decision));
        return parameters;

        void Add(string name, DataType value) => parameters.Parameter.Add(Part(name, value));
    }

    private static Parameters.ParameterComponent Reason(Reason reason) => Parts("reason",
    [
        Part("code", Texts.Coding(Terms.PlacementReason, reason.Code, reason.Text)),
        Part("for", new FhirBoolean(reason.For)),
        .. reason.Place is { } place ? [Part("care-place", new Code(place.Code()))] : NoParts,
    ]);

    private static Parameters.ParameterComponent Alternative(CareOption option) => Parts("alternative",
    [
        Part("care-place", new Code(option.Place.Code())),
        Part("open", new FhirBoolean(option.IsOpen)),
        .. option.Method is { } method ? [Part("method", new Code(method))] : NoParts,
        .. option.From is { } from ? [Part("from", new Date(from))] : NoParts,
        .. option.Reasons.Where(reason => !reason.For)
            .Select(reason => Part("against", Texts.Coding(Terms.PlacementReason, reason.Code, reason.Text))),
    ]);

    private static Parameters.ParameterComponent Missing(MissingFact missing) => Parts("missing",
    [
        Part("fact", Texts.Coding(Terms.PlacementFact, missing.Code, missing.Name)),
        .. missing.WouldChange.Select(what => Parts("would-change",
        [
            .. what.Value.Length > 0 ? [Part("value", new FhirString(what.Value))] : NoParts,
            Part("aspect", new FhirString(what.Aspect)),
            .. what.To.Length > 0 ? [Part("to", new FhirString(what.To))] : NoParts,
        ])),
    ]);

    // The inputs as the policy saw them, so that the decision can be repeated; they are facts, not copies of the
    // resources.
    private static IEnumerable<Parameters.ParameterComponent> Inputs(PlacementDecision decision)
    {
        foreach (var fact in Facts)
            if (fact.Get!(decision.Facts) is { } value)
                yield return Parts("input",
                [
                    Part("name", new FhirString(fact.Name)),
                    Part("value", new FhirString(TextOf(value))),
                ]);

        foreach (var contract in decision.Contracts)
            yield return Parts("input",
            [
                Part("name", new FhirString("contract")),
                Part("value", new ResourceReference($"Contract/{contract.ContractId}")),
            ]);
    }

    private static string TextOf(object value) => value switch
    {
        string text => text,
        bool or int => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        Enum code => Codes.Naming.ConvertName(code.ToString()),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, Json),
    };

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = Codes.Naming,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(Codes.Naming) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly IList<JsonPropertyInfo> Facts = Json.GetTypeInfo(typeof(PlacementFacts)).Properties;

    private static IEnumerable<Parameters.ParameterComponent> NoParts => [];
}
