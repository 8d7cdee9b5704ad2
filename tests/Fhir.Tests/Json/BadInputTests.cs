using System.Text;
using Fhir.Json;

namespace Fhir.Tests.Json;

/// <summary>What R4 forbids (http://hl7.org/fhir/R4/json.html and datatypes.html), each at its place.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("""{"resourceType":"Patient","birthdate":"1970-01-01"}""", "Patient", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","name":{"family":"A"}}""", "Patient.name", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","gender":["male"]}""", "Patient.gender", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","active":"true"}""", "Patient.active", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","active":null}""", "Patient.active", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","name":[]}""", "Patient.name", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","name":[{}]}""", "Patient.name[0]", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","name":[null]}""", "Patient.name[0]", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","name":[{"given":[]}]}""", "Patient.name[0].given", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","name":[{"given":["A",null]}]}""",
        "Patient.name[0].given[1]", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","name":[{"given":["A"],"_given":[null,null,{"id":"x"}]}]}""",
        "Patient.name[0].given[1]", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","_birthDate":{}}""", "Patient.birthDate", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","_birthDate":{"extension":[{"valueString":"x"}]}}""",
        "Patient.birthDate.extension[0].url", IssueType.Required)]
    [InlineData("""{"resourceType":"Patient","gender":"Male"}""", "Patient.gender", IssueType.CodeInvalid)]
    [InlineData("""{"resourceType":"Patient","active":true,"active":true}""", "Patient", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","resourceType":"Patient"}""", "Patient", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2026"}""",
        "Patient.deceased", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","deceasedBoolean":true,"_deceasedDateTime":{"id":"x"}}""",
        "Patient.deceased", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","deceasedString":"x"}""", "Patient", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","contained":[{"id":"x"}]}""",
        "Patient.contained[0]", IssueType.Structure)]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Appointment"}]}""",
        "Patient.contained[0]", IssueType.NotSupported)]
    [InlineData("""{"resourceType":"Patient","link":[{"type":"seealso"}]}""",
        "Patient.link[0].other", IssueType.Required)]
    [InlineData("""
        {"resourceType":"Bundle","type":"message","entry":[{},{"resource":{"resourceType":"Task","intent":"order"}}]}
        """,
        "Bundle.entry[1].resource.status", IssueType.Required)]
    [InlineData("""
        {"resourceType":"Bundle","type":"message","entry":[{"resource":{"resourceType":"Task","status":"x"}}]}
        """,
        "Bundle.entry[0].resource.intent", IssueType.Required)]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"text":"on"}}""",
        "Condition.clinicalStatus", IssueType.CodeInvalid)]
    public void What_the_structure_forbids_is_refused_at_its_place(string json, string expression, IssueType code) =>
        AssertFault(json, expression, code);

    [Theory]
    [InlineData("\"id\":\"a b\"", "Patient.id")]
    [InlineData("\"id\":\"\"", "Patient.id")]
    [InlineData("\"name\":[{\"id\":\"a b\",\"text\":\"x\"}]", "Patient.name[0].id")]
    [InlineData("\"language\":\" fi\"", "Patient.language")]
    [InlineData("\"language\":\"f  i\"", "Patient.language")]
    [InlineData("\"implicitRules\":\"a b\"", "Patient.implicitRules")]
    [InlineData("\"birthDate\":\"1970-1-1\"", "Patient.birthDate")]
    [InlineData("\"birthDate\":\"1970-02-30\"", "Patient.birthDate")]
    [InlineData("\"birthDate\":\"0000\"", "Patient.birthDate")]
    [InlineData("\"birthDate\":\"1970-01-01T00:00:00Z\"", "Patient.birthDate")]
    [InlineData("\"deceasedDateTime\":\"2026-01-01T10:00:00\"", "Patient.deceased")]
    [InlineData("\"deceasedDateTime\":\"2026-01-01T10:00Z\"", "Patient.deceased")]
    [InlineData("\"deceasedDateTime\":\"2026-01-01T24:00:00Z\"", "Patient.deceased")]
    [InlineData("\"deceasedDateTime\":\"2026-01-01T10:00:00.Z\"", "Patient.deceased")]
    [InlineData("\"deceasedDateTime\":\"2026-01-01T10:00:00+14:30\"", "Patient.deceased")]
    [InlineData("\"deceasedDateTime\":\"2026-01-01t10:00:00z\"", "Patient.deceased")]
    [InlineData("\"meta\":{\"lastUpdated\":\"2026-01-01\"}", "Patient.meta.lastUpdated")]
    [InlineData("\"name\":[{\"family\":\"  \"}]", "Patient.name[0].family")]
    [InlineData("\"name\":[{\"family\":\"\\u0000\"}]", "Patient.name[0].family")]
    [InlineData("\"name\":[{\"family\":\"\\ud800\"}]", "Patient.name[0].family")]
    [InlineData("\"name\":[{\"family\":\"\\udc00\\ud800\"}]", "Patient.name[0].family")]
    [InlineData("\"name\":[{\"family\":\"\\ud800\\u0041\"}]", "Patient.name[0].family")]
    [InlineData("\"photo\":[{\"data\":\"A\"}]", "Patient.photo[0].data")]
    [InlineData("\"photo\":[{\"data\":\"å===\"}]", "Patient.photo[0].data")]
    [InlineData("\"photo\":[{\"size\":-1}]", "Patient.photo[0].size")]
    [InlineData("\"photo\":[{\"size\":1.0}]", "Patient.photo[0].size")]
    [InlineData("\"photo\":[{\"size\":2147483648}]", "Patient.photo[0].size")]
    [InlineData("\"telecom\":[{\"rank\":0}]", "Patient.telecom[0].rank")]
    [InlineData("\"multipleBirthInteger\":-0", "Patient.multipleBirth")]
    [InlineData("\"multipleBirthInteger\":1e2", "Patient.multipleBirth")]
    [InlineData("\"extension\":[{\"url\":\"u\",\"valueOid\":\"urn:oid:1.02\"}]", "Patient.extension[0].value")]
    [InlineData("\"extension\":[{\"url\":\"u\",\"valueOid\":\"1.2.3\"}]", "Patient.extension[0].value")]
    [InlineData("\"extension\":[{\"url\":\"u\",\"valueUuid\":\"urn:uuid:C757873D-EC9A-4326-A141-556F43239520\"}]",
        "Patient.extension[0].value")]
    [InlineData("\"extension\":[{\"url\":\"u\",\"valueTime\":\"25:00:00\"}]", "Patient.extension[0].value")]
    [InlineData("\"extension\":[{\"url\":\"u\",\"valueTime\":\"10:00\"}]", "Patient.extension[0].value")]
    public void A_value_outside_its_type_s_lexical_form_is_refused(string property, string expression) =>
        AssertFault($$"""{"resourceType":"Patient",{{property}}}""", expression, IssueType.Value);

    [Theory]
    [InlineData("", IssueType.Structure)]
    [InlineData(" ", IssueType.Structure)]
    [InlineData("null", IssueType.Structure)]
    [InlineData("[]", IssueType.Structure)]
    [InlineData("{}", IssueType.Structure)]
    [InlineData("""{"resourceType":1}""", IssueType.Structure)]
    [InlineData("""{"resourceType":"Nothing"}""", IssueType.NotSupported)]
    [InlineData("""{"resourceType":"Appointment"}""", IssueType.NotSupported)]
    [InlineData("""{"\ud800":1,"resourceType":"\ud800"}""", IssueType.Structure)]
    public void What_is_no_resource_is_refused(string json, IssueType code) => AssertFault(json, "", code);

    [Theory]
    [InlineData("""{"resourceType":"Patient"} x""")]
    [InlineData("""{"resourceType":"Patient"}{"resourceType":"Patient"}""")]
    [InlineData("""{"resourceType":"Patient",}""")]
    [InlineData("""{"resourceType":"Patient" /* no */}""")]
    [InlineData("""{"resourceType":"Patient","active":tru""")]
    [InlineData("""{"resourceType":"Patient","photo":[{"size":01}]}""")]
    [InlineData("\uFEFF{\"resourceType\":\"Patient\"}")]
    public void What_is_not_JSON_is_refused(string json)
    {
        var result = FhirJson.Read(Encoding.UTF8.GetBytes(json));
        Assert.False(result.Ok);
        Assert.Contains(result.Issues, i => i is { Severity: IssueSeverity.Fatal, Code: IssueType.Structure });
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_at_the_first_of_them()
    {
        byte[] json = [.. """{"resourceType":"Patient","language":"f"""u8, 0xED, 0xA0, 0x80, .. "\"}"u8];
        var issue = Assert.Single(FhirJson.Read(json).Issues);
        Assert.Equal(IssueSeverity.Fatal, issue.Severity);
        Assert.Equal(39, issue.BytePosition);
    }

    private static void AssertFault(string json, string expression, IssueType code)
    {
        var result = FhirJson.Read(Encoding.UTF8.GetBytes(json));
        Assert.False(result.Ok);
        Assert.True(result.Issues.Any(i => i.Expression == expression && i.Code == code && i.IsError),
            string.Join('\n', result.Issues));
    }
}
