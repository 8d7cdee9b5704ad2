using Fhir.Validation;
using static Fhir.Tests.Validation.Profiles.HandMade;

namespace Fhir.Tests.Validation.Profiles;

/// <summary>Every rule of a profile on single elements: kept, and broken at its place.</summary>
public sealed class ElementRuleTests
{
    private const string Observed = "'status':'final','code':{'text':'x'}";

    /// <summary>Type, elements of the profile, content that keeps to it, content that does not, place and rule.</summary>
    public static TheoryData<string, string, string, string, string> Rules => new()
    {
        { "Patient", Element("Patient.birthDate", "'min':1"), "'birthDate':'2000'", "", "Patient.birthDate min" },
        { "Patient", Element("Patient.name", "'max':'1'"), "'name':[{'text':'a'}]",
            "'name':[{'text':'a'},{'text':'b'}]", "Patient.name max" },
        { "Patient", Element("Patient.photo", "'max':'0'"), "", "'photo':[{'title':'a'}]", "Patient.photo max" },
        { "Patient", Element("Patient.name.family", "'min':1"), "'name':[{'family':'a'}]",
            "'name':[{'family':'a'},{'text':'b'}]", "Patient.name[1].family min" },
        { "Patient", Element("Patient.gender", "'fixedCode':'female'"), "'gender':'female'", "'gender':'male'",
            "Patient.gender fixed" },
        { "Patient", Element("Patient.maritalStatus", "'fixedCodeableConcept':{'text':'a'}"),
            "'maritalStatus':{'text':'a'}", "'maritalStatus':{'text':'a','coding':[{'code':'b'}]}",
            "Patient.maritalStatus fixed" },
        { "Patient", Element("Patient.maritalStatus", "'patternCodeableConcept':{'coding':[{'system':'s:1','code':'b'}]}"),
            "'maritalStatus':{'text':'a','coding':[{'code':'z'},{'system':'s:1','code':'b','display':'B'}]}",
            "'maritalStatus':{'text':'a','coding':[{'code':'b'},{'system':'s:1'}]}", "Patient.maritalStatus pattern" },
        { "Patient", Element("Patient.name.text", "'maxLength':3"), "'name':[{'text':'abc'}]", "'name':[{'text':'abcd'}]",
            "Patient.name[0].text max-length" },
        { "Observation", Element("Observation.value[x]", "'type':[{'code':'Quantity'},{'code':'string'}]"),
            Observed + ",'valueString':'a'", Observed + ",'valueBoolean':true", "Observation.value type" },
        { "Observation", Element("Observation.value[x]", "'type':[{'code':'Quantity'}]") + ","
            + Element("Observation.value[x].unit", "'min':1"),
            Observed + ",'valueQuantity':{'value':1,'unit':'kg'}", Observed + ",'valueQuantity':{'value':1}",
            "Observation.value.unit min" },
        { "Observation", Element("Observation.valueQuantity", "'min':1") + ","
            + Element("Observation.valueQuantity.unit", "'fixedString':'kg'"),
            Observed + ",'valueQuantity':{'value':1,'unit':'kg'}", Observed + ",'valueQuantity':{'value':1,'unit':'g'}",
            "Observation.value.unit fixed" },
        { "Observation", Element("Observation.valueQuantity", "'min':1"), Observed + ",'valueQuantity':{'value':1}",
            Observed + ",'valueString':'a'", "Observation.value min" },
        { "Observation", Element("Observation.referenceRange.low",
            "'type':[{'code':'Quantity','profile':['http://hl7.org/fhir/StructureDefinition/SimpleQuantity']}]"),
            Observed + ",'referenceRange':[{'low':{'value':1}}]",
            Observed + ",'referenceRange':[{'low':{'value':1,'comparator':'<'}}]",
            "Observation.referenceRange[0].low.comparator max" },
        { "Patient", Element("Patient", "'constraint':[{'key':'p-1','severity':'error','human':'Say when or who.',"
            + "'expression':'birthDate.exists() or name.exists()'}]"), "'name':[{'text':'a'}]", "", "Patient p-1" },
        { "Patient", Element("Patient.name", "'constraint':[{'key':'p-2','severity':'warning','human':'Family first.',"
            + "'expression':'family.exists()'}]"), "'name':[{'family':'a'}]", "'name':[{'text':'a'}]", "Patient.name[0] p-2" },
        { "Patient", Element("Patient.managingOrganization",
            "'type':[{'code':'Reference','targetProfile':['http://p.example/Clinic']}]"),
            "'managingOrganization':{'reference':'#o'},'contained':[{'resourceType':'Organization','id':'o','name':'a'}]",
            "'managingOrganization':{'reference':'#o'},'contained':[{'resourceType':'Organization','id':'o','alias':['b'],"
                + "'identifier':[{'value':'1'}]}]",
            "Patient.managingOrganization target-profile" },
        { "Patient", Element("Patient.generalPractitioner",
            "'type':[{'code':'Reference','targetProfile':['http://p.example/Clinic']}]"),
            "'generalPractitioner':[{'reference':'Organization/1'}]", "'generalPractitioner':[{'reference':'Practitioner/1'}]",
            "Patient.generalPractitioner[0] target-type" },
        { "Patient", Element("Patient.gender", Bound("Some")), "'gender':'male'", "'gender':'other'",
            "Patient.gender binding" },
        { "Patient", Element("Patient.maritalStatus", Bound("Tree")), "'maritalStatus':{'coding':[{'code':'q'},"
            + "{'system':'http://p.example/cs','code':'a1'}]}", "'maritalStatus':{'coding':[{'system':'http://p.example/cs','code':'b'}]}",
            "Patient.maritalStatus binding" },
        { "Patient", Element("Patient.maritalStatus", Bound("AllButA")),
            "'maritalStatus':{'coding':[{'system':'http://p.example/cs','code':'b'}]}", "'maritalStatus':{'text':'b'}",
            "Patient.maritalStatus binding" },
    };

    public static Resource[] Known(string type, string elements) =>
    [
        Profile(type, elements),
        Profile("Organization", Element("Organization.name", "'min':1"), "Clinic"),
        Read("{'resourceType':'CodeSystem','url':'http://p.example/cs','status':'draft','content':'complete','concept':["
            + "{'code':'a','concept':[{'code':'a1'},{'code':'a2'}]},{'code':'b'}]}"),
        Set("Some", "'include':[{'system':'http://hl7.org/fhir/administrative-gender','concept':[{'code':'male'},{'code':'female'}]}]"),
        Set("Tree", "'include':[{'system':'http://p.example/cs','filter':[{'property':'concept','op':'is-a','value':'a'}]}]"),
        Set("AllButA", "'include':[{'system':'http://p.example/cs'}],'exclude':[{'valueSet':['http://p.example/Tree']}]"),
        Set("Elsewhere", "'include':[{'system':'http://snomed.info/sct'}]"),
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_kept_or_named_at_its_place(string type, string elements, string kept, string broken, string fault)
    {
        var known = Known(type, elements);
        Assert.Empty(Said(Resource(type, kept), type, known));
        Assert.Equal([fault], Said(Resource(type, broken), type, known));
    }

    [Fact]
    public void A_message_names_the_profile_and_no_value()
    {
        var known = Known("Patient", Element("Patient.name.family", "'fixedString':'Virtanen'") + "," + Element("Patient.birthDate", "'min':1"));
        var issues = ResourceValidator.Validate(Resource("Patient", "'name':[{'family':'Korhonen'}]"),
            new() { Registry = new(known), Profiles = [Url + "Patient|1"] });
        Assert.Equal(2, issues.Count);
        Assert.All(issues, i => Assert.Contains("(profile: http://p.example/Patient|1)", i.Message, StringComparison.Ordinal));
        Assert.All(issues, i => Assert.DoesNotMatch("Virtanen|Korhonen", i.Message));
    }

    [Theory]
    [InlineData("Patient", "Elsewhere", "'maritalStatus':{'text':'a'}")]
    [InlineData("Patient", "Nowhere", "'maritalStatus':{'text':'a'}")]
    public void A_value_set_that_cannot_be_expanded_is_told_as_not_checked(string type, string set, string content)
    {
        var known = Known(type, Element("Patient.maritalStatus", Bound(set)));
        Assert.Equal(["Patient.maritalStatus not-checked"], Said(Resource(type, content), type, known));
    }

    [Fact]
    public void What_the_validator_cannot_hold_anything_against_is_told_as_not_checked()
    {
        var known = Known("Patient", Element("Patient.birthDate", "'minValueDate':'2000'") + ","
            + Element("Patient.name", "'constraint':[{'key':'k','severity':'error','human':'h','expression':'(('}]") + ","
            + Element("Patient.noSuchElement", "'min':1"));
        Assert.Equal(3, Said(Resource("Patient", ""), "Patient", known).Count(s => s == "Patient not-checked"));
    }

    [Fact]
    public void Must_support_is_kept_as_information()
    {
        var registry = new ProfileRegistry(Known("Patient", Element("Patient.birthDate", "'mustSupport':true")));
        Assert.Equal(["Patient.birthDate"], registry.MustSupport(Url + "Patient"));
    }

    private static string Bound(string set) => $"'binding':{{'strength':'required','valueSet':'http://p.example/{set}'}}";

    private static Resource Set(string name, string compose) =>
        Read($"{{'resourceType':'ValueSet','url':'http://p.example/{name}','status':'draft','compose':{{{compose}}}}}");
}
