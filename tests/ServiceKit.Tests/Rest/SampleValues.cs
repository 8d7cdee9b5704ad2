using System.Text.Json.Nodes;
using Fhir;

namespace ServiceKit.Tests.Rest;

/// <summary>
/// Makes resources that hold one value where a search parameter looks for it, from HL7's definition of the parameter
/// and the metadata of the types: nothing here knows how the kit extracts.
/// </summary>
internal static class SampleValues
{
    private const string System = "http://example.org/codes";

    /// <summary>A resource with all that R4 demands of it, and nothing else.</summary>
    public static JsonObject Least(string type)
    {
        var resource = new JsonObject { ["resourceType"] = type };
        AddRequired(resource, ModelInfo.Type(type)!);
        return resource;
    }

    /// <summary>Puts a value where the path of an expression leads, and gives the text of a search for it.</summary>
    public static string Put(JsonObject resource, SearchParameterInfo parameter, string expression)
    {
        expression = expression.Trim();
        // `(A.b as Type).c` goes on behind the choice.
        var behind = expression.StartsWith('(') && expression.Contains(").", StringComparison.Ordinal)
            ? expression[expression.IndexOf(").", StringComparison.Ordinal)..]
            : "";
        expression = expression[..^behind.Length];
        var path = expression.TrimStart('(').Split(" as ")[0].Split(".where(")[0].Split(".as(")[0]
            .Split(".exists(")[0].TrimEnd(')') + behind.TrimStart(')');
        var choice = expression.Contains(" as ", StringComparison.Ordinal) ? expression.Split(" as ")[1].TrimEnd(')')
            : expression.Contains(".as(", StringComparison.Ordinal) ? expression.Split(".as(")[1].TrimEnd(')')
            : null;
        var target = expression.Contains("resolve() is ", StringComparison.Ordinal)
            ? expression.Split("resolve() is ")[1].TrimEnd(')')
            : parameter.Targets.FirstOrDefault() ?? "Patient";
        var code = expression.Contains("='", StringComparison.Ordinal) ? expression.Split('\'')[1] : null;
        var type = ModelInfo.Type(resource["resourceType"]!.GetValue<string>())!;
        var search = Put(resource, type, path.Split('.')[1..], choice, new Wanted(parameter.Kind, target, code));
        // prr-1: no details of an order without the order.
        if (resource.ContainsKey("orderDetail")) resource["code"] = new JsonObject { ["text"] = "Sample" };
        return search;
    }

    private sealed record Wanted(SearchParamType Kind, string Target, string? Code);

    private static string Put(JsonObject at, TypeDef type, string[] steps, string? choice, Wanted wanted)
    {
        var element = type.Element(steps[0])!;
        var isLast = steps.Length == 1;
        var itsType = element.Types.FirstOrDefault(one => one.Name == choice) ?? Best(element, wanted.Kind);
        var suffix = element.IsChoice ? char.ToUpperInvariant(itsType.Name[0]) + itsType.Name[1..] : "";
        var name = element.Name + suffix;
        if (isLast)
        {
            var (value, search) = Sample(itsType, element, wanted);
            at[name] = element.IsList ? new JsonArray(value) : value;
            return search;
        }

        var child = at[name] as JsonObject ?? (at[name] as JsonArray)?[0] as JsonObject ?? [];
        if (at[name] is null) at[name] = element.IsList ? new JsonArray(child) : child;
        var result = Put(child, itsType, steps[1..], choice, wanted);
        AddRequired(child, itsType);
        return result;
    }

    private static TypeDef Best(ElementDef element, SearchParamType kind) => kind switch
    {
        SearchParamType.Date => element.Types.FirstOrDefault(type => type.Name == "dateTime") ?? element.Types[0],
        SearchParamType.Reference => element.Types.FirstOrDefault(type => type.Name == "Reference") ?? element.Types[0],
        _ => element.Types[0],
    };

    private static void AddRequired(JsonObject at, TypeDef type)
    {
        foreach (var element in type.Elements)
        {
            if (element.Min == 0 || element.IsChoice || at[element.Name] is not null) continue;
            var (value, _) = Sample(element.Types[0], element, new Wanted(SearchParamType.Token, "Location", "least"));
            at[element.Name] = element.IsList ? new JsonArray(value) : value;
        }
    }

    private static (JsonNode Value, string Search) Sample(
        TypeDef type, ElementDef element, Wanted wanted) => type.Name switch
        {
            "CodeableConcept" => (
                new JsonObject { ["coding"] = new JsonArray(Coding(wanted)) }, $"{System}|{wanted.Code ?? "c1"}"),
            "Coding" => (Coding(wanted), $"{System}|c1"),
            "Identifier" => (new JsonObject { ["system"] = System, ["value"] = "v1" }, $"{System}|v1"),
            "ContactPoint" => (new JsonObject { ["system"] = wanted.Code ?? "phone", ["value"] = "0401" }, "0401"),
            "Reference" => (new JsonObject { ["reference"] = $"{wanted.Target}/x1" }, $"{wanted.Target}/x1"),
            "HumanName" => (new JsonObject { ["family"] = "Sample" }, "sam"),
            "Address" => (new JsonObject { ["city"] = "Sample" }, "sam"),
            "Period" => (new JsonObject { ["start"] = "2026-03-04", ["end"] = "2026-03-05" }, "2026-03"),
            "Timing" => (new JsonObject { ["event"] = new JsonArray("2026-03-04") }, "2026-03-04"),
            "Meta" => (new JsonObject(), ""),
            "boolean" => (true, "true"),
            "date" or "dateTime" => ("2026-03-04", "2026-03-04"),
            "instant" => ("2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z"),
            "uri" or "canonical" or "url" => ("http://example.org/u1", "http://example.org/u1"),
            "code" when element.RequiredCodes is { } codes && wanted.Code == "least" => (codes.Codes[0], codes.Codes[0]),
            "code" when element.RequiredCodes is { } codes =>
                (codes.Codes[^1], $"{codes.System(codes.Codes.Count - 1)}|{codes.Codes[^1]}"),
            "code" => ("c1", "c1"),
            "string" or "id" or "markdown" => ("Sample", wanted.Kind == SearchParamType.Token ? "Sample" : "sam"),
            _ => throw new InvalidOperationException($"No sample of {type.Name} for {element}."),
        };

    private static JsonObject Coding(Wanted wanted) => new() { ["system"] = System, ["code"] = wanted.Code ?? "c1" };
}
