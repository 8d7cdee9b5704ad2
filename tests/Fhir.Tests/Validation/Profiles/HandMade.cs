using System.Text;
using Fhir.Json;
using Fhir.Validation;

namespace Fhir.Tests.Validation.Profiles;

/// <summary>Profiles and resources as short texts: JSON with single quotes.</summary>
internal static class HandMade
{
    public const string Url = "http://p.example/";

    /// <summary>A profile of R4's type itself, or of another profile.</summary>
    public static StructureDefinition Profile(string type, string elements, string? name = null, string? parent = null) =>
        (StructureDefinition)Read($"{{'resourceType':'StructureDefinition','url':'{Url}{name ?? type}','version':'1',"
            + $"'name':'P','status':'draft','kind':'resource','abstract':false,'type':'{type}','derivation':'constraint',"
            + $"'baseDefinition':'{(parent is null ? "http://hl7.org/fhir/StructureDefinition/" + type : Url + parent)}',"
            + $"'differential':{{'element':[{{'id':'{type}','path':'{type}'}}{(elements.Length > 0 ? "," : "")}{elements}]}}}}");

    /// <summary>An element by its id, from which the path follows.</summary>
    public static string Element(string id, string more)
    {
        var path = string.Join('.', id.Split('.').Select(s => s.Split(':')[0]));
        var slice = id.Split('.')[^1].Split(':') is [_, var name] ? $"'sliceName':'{name}'," : "";
        return $"{{'id':'{id}','path':'{path}',{slice}{more}}}";
    }

    public static Resource Resource(string type, string content) =>
        Read($"{{'resourceType':'{type}'{(content.Length > 0 ? "," : "")}{content}}}");

    public static Resource Read(string json)
    {
        var read = FhirJson.Read(Encoding.UTF8.GetBytes(json.Replace('\'', '"').Replace('~', '\'')));
        Assert.Empty(read.Issues);
        return read.Resource!;
    }

    /// <summary>What is said of a resource beyond R4 itself, as `place rule`.</summary>
    public static string[] Said(Resource resource, string profile, params Resource[] known) =>
        [.. ResourceValidator.Validate(resource, new() { Registry = new(known), Profiles = [Url + profile] }).Select(Short)];

    public static string Short(FhirIssue issue) => $"{issue.Expression} {issue.Message.Split(':')[0]}";
}
