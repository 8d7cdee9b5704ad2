using Fhir;
using static Gateway.Guide.GuideFrame;

namespace Gateway.Guide;

/// <summary>What is sent and called: messages, operations, and the rule that the answers follow.</summary>
internal static class CallPages
{
    public static void Write(GuideFrame page, MessageDefinition message) => page.Table(
        GuideWords.Focus, [GuideWords.Focus, GuideWords.IsAnswered, GuideWords.Answers],
        message.Focus.Select(focus => (string[])
        [
            $"{Text(focus.Code?.GetLiteral())} {GuidePages.Named(page, focus.Profile)}",
            page.Word(message.ResponseRequired is MessageheaderResponseRequest.Always ? GuideWords.Yes : GuideWords.No),
            string.Join(", ", message.AllowedResponse.Select(one => GuidePages.Named(page, one.Message))),
        ]));

    public static void Write(GuideFrame page, OperationDefinition operation)
    {
        var type = operation.Resource.Select(one => one.GetLiteral() + "/").SingleOrDefault();
        page.Add($"<p>{page.Word(GuideWords.Where)}: "
            + $"{Code($"{type}{(operation.Instance == true ? "{id}/" : "")}${operation.Code}")}</p>");
        page.Table(
            GuideWords.Parameter,
            [GuideWords.Use, GuideWords.Parameter, GuideWords.Cardinality, GuideWords.Type, GuideWords.What],
            operation.Parameter.SelectMany(one => (IEnumerable<string[]>)
                [Row(one, one.Name!), .. one.Part.Select(part => Row(part, $"{one.Name}.{part.Name}"))]));
    }

    public static void Write(GuideFrame page, SearchParameter parameter) => page.Table(
        GuideWords.Parameter, [GuideWords.Parameter, GuideWords.Type, GuideWords.Element],
        [[Code(parameter.Code), Text(parameter.Type?.GetLiteral()), Code(parameter.Expression)]]);

    public static void Write(GuideFrame page, PlanDefinition plan)
    {
        foreach (var step in plan.Action)
        {
            page.Add($"<h2>{Text(step.Prefix)}. {Text(step.Title)}</h2>").Table(
                GuideWords.Reasons, [GuideWords.What, GuideWords.Where, GuideWords.Reasons],
                step.Action.Select(one => (string[])[Text(one.Title), Codes(one.Code.TakeLast(1)), Codes(one.Reason)]));
        }

        page.Heading(GuideWords.Sources).Table(
            GuideWords.Sources, [GuideWords.Rule, GuideWords.Sources],
            plan.RelatedArtifact.Select(one => (string[])[Code(one.Display), Text(one.Citation)]));
    }

    private static string[] Row(OperationDefinition.ParameterComponent one, string name) =>
    [
        Text(one.Use?.GetLiteral()), Code(name), Text($"{one.Min}..{one.Max}"), Text(one.Type?.GetLiteral()),
        Text(one.Documentation),
    ];

    private static string Codes(IEnumerable<CodeableConcept> concepts) =>
        string.Join(", ", concepts.SelectMany(concept => concept.Coding).Select(coding => Code(coding.Code)));
}
