using static Fhir.Tests.Validation.Profiles.HandMade;

namespace Fhir.Tests.Validation.Profiles;

/// <summary>Slices: by what an item is told to be of one, and what is demanded of them.</summary>
public sealed class SlicingTests
{
    private const string Basic = "'status':'final','code':{'text':'x'}";

    private static readonly string BySystem = Slices("Patient.identifier", "value", "system", "open")
        + "," + Element("Patient.identifier:a", "'min':1,'max':'1'") + "," + Element("Patient.identifier:a.system", "'fixedUri':'s:a'")
        + "," + Element("Patient.identifier:a.value", "'min':1")
        + "," + Element("Patient.identifier:b", "'max':'1'") + "," + Element("Patient.identifier:b.system", "'patternUri':'s:b'");

    public static TheoryData<string, string, string, string[]> Cases => new()
    {
        { "Patient", BySystem, "'identifier':[{'system':'s:z'},{'system':'s:a','value':'1'}]", [] },
        { "Patient", BySystem, "'identifier':[{'system':'s:b'}]", ["Patient.identifier min"] },
        { "Patient", BySystem, "'identifier':[{'system':'s:b'},{'system':'s:a'}]", ["Patient.identifier[1].value min"] },
        { "Patient", BySystem, "'identifier':[{'system':'s:b'},{'system':'s:a','value':'1'},{'system':'s:b'}]",
            ["Patient.identifier max"] },
        { "Patient", BySystem.Replace("'open'", "'closed'", StringComparison.Ordinal),
            "'identifier':[{'system':'s:a','value':'1'},{'value':'2'}]", ["Patient.identifier[1] slicing-closed"] },
        { "Patient", BySystem.Replace("'open'", "'openAtEnd'", StringComparison.Ordinal),
            "'identifier':[{'value':'2'},{'system':'s:a','value':'1'},{'value':'2'}]",
            ["Patient.identifier[1] slicing-open-at-end"] },
        { "Patient", BySystem.Replace("'open'", "'open','ordered':true", StringComparison.Ordinal),
            "'identifier':[{'system':'s:b'},{'system':'s:a','value':'1'}]", ["Patient.identifier[1] slicing-ordered"] },
        // $this and a pattern on the slice itself.
        { "Observation", Slices("Observation.category", "pattern", "$this", "open") + ","
            + Element("Observation.category:c", "'min':1,'patternCodeableConcept':{'coding':[{'code':'c'}]}"),
            Basic + ",'category':[{'coding':[{'code':'b'}]}]", ["Observation.category min"] },
        // The pattern stands above the path of the discriminator.
        { "Observation", Slices("Observation.component", "value", "code.coding.code", "open") + ","
            + Element("Observation.component:c.code", "'patternCodeableConcept':{'coding':[{'code':'c'}]}") + ","
            + Element("Observation.component:c.value[x]", "'min':1"),
            Basic + ",'component':[{'code':{'coding':[{'code':'b'}]}},{'code':{'coding':[{'code':'c'}]}}]",
            ["Observation.component[1].value min"] },
        // By a required binding.
        { "Observation", Slices("Observation.component", "value", "code", "closed") + ","
            + Element("Observation.component:c.code", "'binding':{'strength':'required','valueSet':'http://p.example/Codes'}"),
            Basic + ",'component':[{'code':{'coding':[{'system':'s:1','code':'b'}]}},{'code':{'text':'c'}}]",
            ["Observation.component[1] slicing-closed"] },
        { "Observation", Slices("Observation.component", "exists", "value", "open") + ","
            + Element("Observation.component:v.value[x]", "'min':1") + ","
            + Element("Observation.component:none", "'max':'1'") + "," + Element("Observation.component:none.value[x]", "'max':'0'") + ","
            + Element("Observation.component:none.dataAbsentReason", "'min':1"),
            Basic + ",'component':[{'code':{'text':'b'},'valueString':'b'},{'code':{'text':'c'}}]",
            ["Observation.component[1].dataAbsentReason min"] },
        { "Observation", Slices("Observation.value[x]", "type", "$this", "closed") + ","
            + Element("Observation.value[x]:valueQuantity", "'type':[{'code':'Quantity'}]"),
            Basic + ",'valueString':'b'", ["Observation.value slicing-closed"] },
        { "Observation", Slices("Observation.performer", "type", "resolve()", "open") + ","
            + Element("Observation.performer:org", "'max':'1','type':[{'code':'Reference','targetProfile':["
                + "'http://hl7.org/fhir/StructureDefinition/Organization']}]"),
            Basic + ",'performer':[{'reference':'Organization/1'},{'reference':'Patient/1'},{'reference':'Organization/2'}]",
            ["Observation.performer max"] },
        { "Observation", Slices("Observation.performer", "profile", "resolve()", "open") + ","
            + Element("Observation.performer:clinic", "'min':1,'type':[{'code':'Reference','targetProfile':['http://p.example/Clinic']}]"),
            Basic + ",'performer':[{'reference':'#o'}],'contained':[{'resourceType':'Organization','id':'o','alias':['b'],"
                + "'identifier':[{'value':'1'}]}]",
            ["Observation.performer min"] },
        // Extensions are told apart by their URL, which is their definition's canonical.
        { "Patient", Element("Patient.extension:e",
                "'min':1,'type':[{'code':'Extension','profile':['http://p.example/Colour']}]"),
            "'extension':[{'url':'s:other','valueInteger':1}]", ["Patient.extension min"] },
        { "Patient", Element("Patient.extension:e", "'max':'1','type':[{'code':'Extension','profile':['http://p.example/Colour']}]"),
            "'extension':[{'url':'http://p.example/Colour','valueInteger':1}]", ["Patient.extension[0].value type"] },
        // A slice of a slice, and one that nothing tells apart.
        { "Patient", BySystem + "," + Element("Patient.identifier:b/c", "'max':'0'") + ","
                + Element("Patient.identifier:b/c.system", "'fixedUri':'s:b'"),
            "'identifier':[{'system':'s:a','value':'1'},{'system':'s:b'}]", ["Patient not-checked"] },
        { "Patient", Slices("Patient.identifier", "value", "system", "open") + "," + Element("Patient.identifier:x", "'min':1"),
            "'identifier':[{'value':'1'}]", ["Patient.identifier[0] not-checked"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Slices_are_told_apart_and_held_to_what_is_said_of_them(string type, string elements, string content, string[] said) =>
        Assert.Equal(said, Said(Resource(type, content), type, Profile(type, elements),
            Profile("Organization", Element("Organization.name", "'min':1"), "Clinic"),
            Profile("Extension", Element("Extension.url", "'fixedUri':'http://p.example/Colour'") + ","
                + Element("Extension.value[x]", "'type':[{'code':'string'}]"), "Colour"),
            Read("{'resourceType':'ValueSet','url':'http://p.example/Codes','status':'draft',"
                + "'compose':{'include':[{'system':'s:1','concept':[{'code':'b'}]}]}}")));

    private static string Slices(string path, string kind, string by, string rules) => Element(path,
        $"'slicing':{{'discriminator':[{{'type':'{kind}','path':'{by}'}}],'rules':'{rules}'}}");
}
