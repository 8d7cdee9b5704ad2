using Fhir.Validation;

namespace Fhir.Tests.Validation.Profiles;

/// <summary>http://hl7.org/fhir/R4/defining-extensions.html#context</summary>
public sealed class ExtensionContextTests
{
    private const string On = "'extension':[{'url':'http://p.example/e','valueString':'a'}]";

    public static TheoryData<string, string, string, bool> Cases { get; } = new()
    {
        { "Patient", "Patient", On, true },
        { "Patient", "Organization", $"'name':'a',{On}", false },
        { "DomainResource", "Patient", On, true },
        { "Element", "Patient", On, true },
        { "Address", "Patient", $"'address':[{{'city':'a',{On}}}]", true },
        { "Patient.address", "Patient", $"'address':[{{'city':'a',{On}}}]", true },
        { "Patient.address", "Organization", $"'name':'a','address':[{{'city':'a',{On}}}]", false },
        { "Patient", "Patient", $"'address':[{{'city':'a',{On}}}]", false },
        { "Patient.contact", "Patient", $"'contact':[{{'name':{{'text':'a'}},{On}}}]", true },
        { "Patient.birthDate", "Patient", $"'birthDate':'2000-01-01','_birthDate':{{{On}}}", true },
        { "Patient.deceased[x]", "Patient", $"'deceasedBoolean':true,'_deceasedBoolean':{{{On}}}", true },
        { "Patient.active", "Patient", $"'birthDate':'2000-01-01','_birthDate':{{{On}}}", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_extension_stands_where_its_definition_lets_it(string context, string type, string content, bool allowed)
    {
        var faults = Faults(HandMade.Resource(type, content), Definition($"'type':'element','expression':'{context}'"));
        Assert.Equal(allowed ? [] : ["extension-context"], faults);
    }

    [Fact]
    public void A_resource_within_another_is_a_place_of_its_own()
    {
        var bundle = HandMade.Resource(
            "Bundle", $"'type':'collection','entry':[{{'resource':{{'resourceType':'Patient',{On}}}}}]");
        Assert.Empty(Faults(bundle, Definition("'type':'element','expression':'Patient'")));
        Assert.Equal(["extension-context"], Faults(bundle, Definition("'type':'element','expression':'Bundle'")));
    }

    [Fact]
    public void A_context_that_is_no_element_is_not_looked_at() => Assert.Empty(Faults(
        HandMade.Resource("Patient", On), Definition("'type':'fhirpath','expression':'Organization'")));

    [Fact]
    public void Extensions_can_be_left_out() => Assert.Empty(ResourceValidator.Validate(
        HandMade.Resource("Patient", On), new()
        {
            Registry = new([Definition("'type':'element','expression':'Group'")]), Extensions = false,
        }));

    private static Resource Definition(string context) => HandMade.Read(
        "{'resourceType':'StructureDefinition','url':'http://p.example/e','name':'E','status':'draft','kind':'complex-type',"
        + $"'abstract':false,'context':[{{{context}}}],'type':'Extension','derivation':'constraint',"
        + "'baseDefinition':'http://hl7.org/fhir/StructureDefinition/Extension',"
        + "'differential':{'element':[{'id':'Extension','path':'Extension'}]}}");

    private static string[] Faults(Resource resource, Resource definition) =>
        [.. ResourceValidator.Validate(resource, new() { Registry = new([definition]) }).Select(i => i.Message.Split(':')[0])];
}
