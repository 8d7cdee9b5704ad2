using Gateway.Authorization.Scopes;

namespace Gateway.Tests.Authorization.Scopes;

public class ScopePolicyTests
{
    private const string Everything = "system/*.cruds";

    // Interactions and their letters: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
    [Theory]
    [InlineData("GET", "/ips/fhir/Task/1", "system/Task.r")]
    [InlineData("HEAD", "/ips/fhir/Task/1", "system/Task.r")]
    [InlineData("get", "/ips/fhir/Task/1", "system/Task.r")]
    [InlineData("GET", "/ips/fhir/Task/1/_history", "system/Task.r")]
    [InlineData("GET", "/ips/fhir/Task/1/_history/2", "system/Task.r")]
    [InlineData("GET", "/ips/fhir/Task", "system/Task.s")]
    [InlineData("POST", "/ips/fhir/Task/_search", "system/Task.s")]
    [InlineData("POST", "/ips/fhir/Task", "system/Task.c")]
    [InlineData("PUT", "/ips/fhir/Task/1", "system/Task.u")]
    [InlineData("PATCH", "/ips/fhir/Task/1", "system/Task.u")]
    [InlineData("DELETE", "/ips/fhir/Task/1", "system/Task.d")]
    [InlineData("POST", "/ips/fhir/$process-message", "system/Bundle.c")]
    [InlineData("GET", "/regions/fhir/$mailbox", "system/Bundle.r")]
    [InlineData("POST", "/regions/fhir/MessageHeader/1/$acknowledge", "system/MessageHeader.u")]
    [InlineData("POST", "/ips/fhir/Task/$validate", "system/Task.c")]
    [InlineData("POST", "/occupational-health/fhir/ServiceRequest/$place", "system/ServiceRequest.c")]
    [InlineData("POST", "/occupational-health/fhir/QuestionnaireResponse/$score", "system/QuestionnaireResponse.c")]
    [InlineData("GET", "/occupational-health/fhir/Observation/$series", "system/Observation.rs")]
    // tells of other types than the one that it is asked of
    [InlineData("GET", "/ips/fhir/Practitioner/1/$caseload", "system/*.rs")]
    [InlineData("GET", "/ips/fhir/Organization/1/$export", "system/*.rs")]
    [InlineData("POST", "/ips/fhir/Practitioner/1/$transfer-caseload", Everything)]
    [InlineData("POST", "/regions/fhir/MessageHeader/1/$resend", Everything)]
    [InlineData("GET", "/ips/fhir/$process-message", "system/*.rs")]
    [InlineData("POST", "/ips/fhir/Task/$process-message", Everything)]
    // a transaction or batch may hold anything
    [InlineData("POST", "/ips/fhir", Everything)]
    [InlineData("POST", "/ips/fhir/", Everything)]
    // what a service might read in another way than this policy
    [InlineData("GET", "/ips/fhir/task/1", Everything)]
    [InlineData("POST", "/ips/fhir/Task/_SEARCH", Everything)]
    [InlineData("GET", "/ips/FHIR/Task/1", Everything)]
    [InlineData("GET", "/ips/fhir//Task/1", Everything)]
    [InlineData("GET", "/ips/fhir/Task/", Everything)]
    [InlineData("GET", "/ips/fhir/Task%2F1", Everything)]
    [InlineData("GET", "/ips/fhir/Patient/1/Task", Everything)]
    [InlineData("PUT", "/ips/fhir/Task", Everything)]
    [InlineData("GET", "/ips/fhir/_history", Everything)]
    [InlineData("GET", "/ips/health/ready", Everything)]
    [InlineData("OPTIONS", "/ips/fhir/Task", Everything)]
    public void A_request_needs_what_it_does(string method, string path, string need) =>
        Assert.Equal(need, ScopePolicy.Need(method, path)?.ToString());

    [Fact]
    public void What_a_base_can_do_is_told_to_every_client() =>
        Assert.True(ScopePolicy.Allows("", "GET", "/ips/fhir/metadata"));

    [Theory]
    [InlineData("system/Task.r", "system/Task.r", true)]
    [InlineData("system/*.rs", "system/Task.r", true)]
    [InlineData("system/Task.r system/Task.s", "system/Task.rs", true)]
    [InlineData("system/*.r system/Task.s", "system/Task.rs", true)]
    [InlineData("system/Task.s", "system/Task.r", false)]
    [InlineData("system/Patient.cruds", "system/Task.r", false)]
    [InlineData("system/Task.cruds", "system/*.r", false)]
    [InlineData("user/Task.cruds patient/*.cruds", "system/Task.r", false)]
    [InlineData("", "system/Task.r", false)]
    public void Scopes_cover_a_need_when_each_interaction_stands_in_one_of_them(string given, string need, bool covered) =>
        Assert.Equal(covered, ScopePolicy.Covers(Scope.Split(given), Scope.Parse(need)!));

    [Theory]
    [InlineData("system/Task.rs")]
    [InlineData("system/*.cruds")]
    [InlineData("system/QuestionnaireResponse.c")]
    public void A_system_scope_of_SMART_2_is_understood(string text) => Assert.Equal(text, Scope.Parse(text)?.ToString());

    [Theory]
    [InlineData("system/Task.sr")]
    [InlineData("system/Task.rr")]
    [InlineData("system/Task.")]
    [InlineData("system/Task")]
    [InlineData("system/Task.read")]
    [InlineData("system/Task.rs?status=ready")]
    [InlineData("system/task.rs")]
    [InlineData("system/**.rs")]
    [InlineData("user/Task.rs")]
    [InlineData("openid")]
    public void Nothing_else_is(string text) => Assert.Null(Scope.Parse(text));
}
