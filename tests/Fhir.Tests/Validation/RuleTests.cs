using Fhir.Json;
using Fhir.Validation;

namespace Fhir.Tests.Validation;

/// <summary>Single rules, each broken once.</summary>
public sealed class RuleTests
{
    private const string Url = "urn:uuid:0198c0de-0000-7000-8000-00000000000";

    [Fact]
    public void Every_invariant_stands_at_a_type_or_an_element()
    {
        Assert.All(ModelInfo.Invariants, rule =>
        {
            var cut = rule.Path.LastIndexOf('.');
            Assert.True(ModelInfo.Type(rule.Path) is not null
                || ModelInfo.Type(rule.Path[..cut])?.Element(rule.Path[(cut + 1)..]) is not null, rule.ToString());
        });
    }

    // The content of a resource with ' for " and ~ for \".
    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "Patient", "'contact':[{'gender':'male'}]", "Patient.contact[0]", "pat-1" },
        { "Organization", "", "Organization", "org-1" },
        {
            "Organization",
            "'name':'x','telecom':[{'use':'home','system':'phone'}]",
            "Organization.telecom[0]", "org-3"
        },
        { "Patient", "'telecom':[{'system':'phone'},{'value':'1'}]", "Patient.telecom[1]", "cpt-2" },
        {
            "Patient",
            "'name':[{'period':{'start':'2026-03-02','end':'2026-03-01'}}]",
            "Patient.name[0].period", "per-1"
        },
        {
            "Patient",
            "'name':[{'period':{'start':'2026-03-02T10:00:00+02:00','end':'2026-03-02T07:59:59Z'}}]",
            "Patient.name[0].period", "per-1"
        },
        { "Patient", "'extension':[{'url':'http://a.example'}]", "Patient.extension[0]", "ext-1" },
        {
            "Patient",
            "'birthDate':'2000','_birthDate':{'extension':[{'url':'http://a.example'}]}",
            "Patient.birthDate.extension[0]", "ext-1"
        },
        { "Patient", "'managingOrganization':{'reference':'#a'}", "Patient.managingOrganization", "ref-1" },
        {
            "Patient",
            "'managingOrganization':{'reference':'Patient/1'}",
            "Patient.managingOrganization", "reference-target"
        },
        {
            "Patient",
            "'managingOrganization':{'reference':'https://a.example/Patient/1/_history/2'}",
            "Patient.managingOrganization", "reference-target"
        },
        {
            "Patient",
            "'managingOrganization':{'type':'Patient','identifier':{'value':'1'}}",
            "Patient.managingOrganization", "reference-target"
        },
        {
            "Patient",
            "'managingOrganization':{'reference':'Organization/1','type':'Patient'}",
            "Patient.managingOrganization", "reference-type"
        },
        { "Patient", "'contained':[{'resourceType':'Organization','id':'a','name':'x'}]", "Patient", "dom-3" },
        {
            "Task",
            "'status':'requested','intent':'order','authoredOn':'2026-03-02','lastModified':'2026-03-01'",
            "Task", "inv-1"
        },
        {
            "Observation",
            "'status':'final','code':{'text':'a'},'valueString':'x','dataAbsentReason':{'text':'y'}",
            "Observation", "obs-6"
        },
        {
            "Observation",
            "'status':'final','code':{'text':'a'},'valueRange':{'low':{'value':2,'unit':'kg',"
                + "'system':'http://unitsofmeasure.org','code':'kg'},'high':{'value':1500,'unit':'g',"
                + "'system':'http://unitsofmeasure.org','code':'g'}}",
            "Observation.value", "rng-2"
        },
        { "Bundle", "'type':'message','entry':[{'resource':{'resourceType':'Patient'}}]", "Bundle", "bdl-12" },
        {
            "Bundle",
            "'type':'collection','entry':[{'fullUrl':'a'},{'fullUrl':'Patient/1','resource':{"
                + "'resourceType':'Patient'}}]",
            "Bundle.entry[0]", "bdl-5"
        },
        {
            "Patient",
            "'contained':[{'resourceType':'Organization','id':'a','name':'x','contained':[{"
                + "'resourceType':'Organization','id':'b','name':'y'}]}],'managingOrganization':{'reference':'#a'}",
            "Patient", "dom-2"
        },
        {
            "Patient",
            "'contained':[{'resourceType':'Organization','id':'a','name':'x','meta':{'versionId':'1'}}],"
                + "'managingOrganization':{'reference':'#a'}",
            "Patient", "dom-4"
        },
        {
            "Patient",
            "'contained':[{'resourceType':'Organization','id':'a','name':'x','meta':{'security':[{'code':'N'}]}}],"
                + "'managingOrganization':{'reference':'#a'}",
            "Patient", "dom-5"
        },
        {
            "Observation",
            "'status':'final','code':{'coding':[{'system':'urn:x','code':'1'}]},'valueString':'x','component':[{"
                + "'code':{'coding':[{'system':'urn:x','code':'1'}]}}]",
            "Observation", "obs-7"
        },
        { "Bundle", "'type':'batch','entry':[{'resource':{'resourceType':'Patient'}}]", "Bundle", "bdl-3" },
        {
            "Bundle",
            "'type':'message','entry':[{'resource':{'resourceType':'Patient'},"
                + "'request':{'method':'GET','url':'Patient'}}]",
            "Bundle", "bdl-3"
        },
        { "Bundle", "'type':'batch-response','entry':[{'resource':{'resourceType':'Patient'}}]", "Bundle", "bdl-4" },
        {
            "Bundle",
            "'type':'collection','entry':[{'resource':{'resourceType':'Patient'},'response':{'status':'200'}}]",
            "Bundle", "bdl-4"
        },
        {
            "Bundle",
            $"'type':'collection','entry':[{{'fullUrl':'{Url}1','resource':{{'resourceType':'Patient'}}}},"
                + $"{{'fullUrl':'{Url}1','resource':{{'resourceType':'Patient'}}}}]",
            "Bundle", "bdl-7"
        },
        {
            "Bundle",
            "'type':'collection','entry':[{'fullUrl':'https://a.example/Patient/1/_history/1',"
                + "'resource':{'resourceType':'Patient','id':'1'}}]",
            "Bundle.entry[0]", "bdl-8"
        },
        {
            "Bundle",
            "'type':'collection','entry':[{'fullUrl':'Patient/1','resource':{'resourceType':'Patient'}}]",
            "Bundle.entry[0].fullUrl", "fullUrl-absolute"
        },
        {
            "Bundle",
            "'type':'collection','entry':[{'fullUrl':'https://a.example/Patient/1','resource':{"
                + "'resourceType':'Patient','id':'2'}}]",
            "Bundle.entry[0].fullUrl", "fullUrl-id"
        },
        {
            "Patient",
            "'text':{'status':'generated','div':'<div xmlns=~http://www.w3.org/1999/xhtml~> </div>'}",
            "Patient.text.div", "txt-2"
        },
        {
            "Patient",
            "'text':{'status':'generated',"
                + "'div':'<div xmlns=~http://www.w3.org/1999/xhtml~><script>x</script></div>'}",
            "Patient.text.div", "txt-1"
        },
        {
            "Questionnaire",
            "'status':'draft','item':[{'linkId':'1','type':'group','item':[{'linkId':'1','type':'string'}]}]",
            "Questionnaire", "que-2"
        },
        {
            "Questionnaire",
            "'status':'draft','item':[{'linkId':'1','type':'group','item':[{'linkId':'2','type':'display',"
                + "'required':true}]}]",
            "Questionnaire.item[0].item[0]", "que-6"
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_rule_is_named_at_its_element(string type, string content, string expression, string key)
    {
        var issues = ResourceValidator.Validate(Read(type, content), ValidationOptions.ErrorsOnly);
        Assert.Contains(issues, i => i.Expression == expression
            && i.Message.StartsWith(key + ":", StringComparison.Ordinal) && i.IsError);
        Assert.All(issues, i => Assert.Equal(-1, i.BytePosition));
    }

    [Theory]
    [InlineData("Patient", "'name':[{'period':{'start':'2026-03-01','end':'2026-03-01T10:00:00Z'}}]")]
    [InlineData("Patient", "'managingOrganization':{'type':'Organization','identifier':{'value':'1'}}")]
    [InlineData("Patient", "'managingOrganization':{'reference':'urn:uuid:0198c0de-0000-7000-8000-000000000001'}")]
    [InlineData("Patient",
        "'contained':[{'resourceType':'Organization','id':'a','name':'x'}],'managingOrganization':{"
            + "'reference':'#a'}")]
    [InlineData("Questionnaire",
        "'status':'draft','item':[{'linkId':'1','type':'string','enableWhen':[{'question':'2',"
            + "'operator':'exists','answerBoolean':true}]},{'linkId':'2','type':'string'}]")]
    [InlineData("Bundle",
        "'type':'collection','entry':[{'fullUrl':'https://a.example/Patient/1','resource':{'resourceType':'Patient',"
            + "'id':'1','meta':{'versionId':'1'}}},{'fullUrl':'https://a.example/Patient/1','resource':{"
            + "'resourceType':'Patient','id':'1','meta':{'versionId':'2'}}}]")]
    [InlineData("Questionnaire", "'status':'draft'")]
    [InlineData("Condition", "'subject':{'display':'x'},'category':[{'text':'x'}]")]
    public void What_is_right_has_no_issue(string type, string content) =>
        Assert.Empty(ResourceValidator.Validate(Read(type, content)));

    [Fact]
    public void An_empty_element_is_refused_where_no_reader_was_before()
    {
        var patient = new Patient { Name = [new()], GenderElement = new() };
        Assert.Equal(["Patient.name[0]", "Patient.gender"],
            ResourceValidator.Validate(patient).Select(i => i.Expression));
    }

    [Fact]
    public void A_warning_is_no_error_and_can_be_left_out()
    {
        var set = Read("ValueSet", "'status':'draft','name':'no name'");
        var warning = Assert.Single(ResourceValidator.Validate(set));
        Assert.Equal((IssueSeverity.Warning, "ValueSet"), (warning.Severity, warning.Expression));
        Assert.StartsWith("vsd-0:", warning.Message, StringComparison.Ordinal);
        Assert.Empty(ResourceValidator.Validate(set, ValidationOptions.ErrorsOnly));
        Assert.Empty(ResourceValidator.Validate(set, new() { Skipped = new HashSet<string> { "vsd-0", "dom-6" } }));
        Assert.Equal(2, ResourceValidator.Validate(set, new() { Skipped = new HashSet<string>() }).Count);
    }

    [Fact]
    public void A_message_must_hold_what_it_points_to_by_urn_uuid_or_as_its_focus()
    {
        var message = new Bundle
        {
            Type = BundleType.Message,
            Entry =
            [
                new()
                {
                    FullUrl = Url + "1",
                    Resource = new MessageHeader
                    {
                        Event = new Coding("http://a.example", "x"),
                        Source = new() { Endpoint = "http://a.example" },
                        Focus = [new(Url + "2"), new(Url + "3"), new("Task/1")],
                    },
                },
                new() { FullUrl = Url + "2", Resource = new Patient() },
            ],
        };
        Assert.Equal(
            ["Bundle.entry[0].resource.focus[2]", "Bundle.entry[0].resource.focus[1]"],
            ResourceValidator.Validate(message).Select(i => i.Expression));
    }

    [Fact]
    public void No_message_holds_a_value_of_the_resource()
    {
        Assert.All(Broken, row =>
        {
            var resource = Read((string)row[0], (string)row[1]);
            Assert.All(ResourceValidator.Validate(resource), i =>
                Assert.DoesNotMatch("a\\.example|Patient/1|1500|<script", i.Message));
        });
    }

    [Fact]
    public void Rules_that_would_run_for_long_end_with_one_issue()
    {
        var patient = new Patient();
        for (var i = 0; i < 1500; i++)
        {
            patient.Contained.Add(new Organization { Id = $"o{i}", Name = "x" });
            patient.Contained.Add(new Patient { Id = $"p{i}", ManagingOrganization = new($"#o{i}") });
        }
        var issues = ResourceValidator.Validate(patient, new() { MaxSteps = 100_000 });
        Assert.Single(issues, i => i.Code == IssueType.TooCostly);
    }

    private static Resource Read(string type, string content)
    {
        var json = $"{{'resourceType':'{type}'{(content.Length > 0 ? "," : "")}{content}}}"
            .Replace('\'', '"').Replace("~", "\\\"", StringComparison.Ordinal);
        return FhirJson.Read(System.Text.Encoding.UTF8.GetBytes(json)).Resource!;
    }
}
