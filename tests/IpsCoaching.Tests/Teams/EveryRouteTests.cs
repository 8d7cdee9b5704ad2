using System.Net;
using Fhir;
using Fhir.Json;

namespace IpsCoaching.Tests.Teams;

/// <summary>
/// The whole CapabilityStatement, asked by a team that sees its own only for what another team has. Nothing here lists
/// types, parameters or operations: what the service comes to serve joins by itself.
/// </summary>
public sealed class EveryRouteTests
{
    [Fact]
    public async Task No_route_and_no_parameter_of_the_statement_tells_of_another_teams_data()
    {
        await using var ips = await TwoTeams.Start();
        var theirCase = await TwoTeams.TheirCase(ips);
        using var all = ips.Connect();
        using var ours = ips.As(TwoTeams.Ours);
        using var theirs = ips.As(TwoTeams.Theirs);
        await TwoTeams.Enter(ours, TwoTeams.Ours, "PractitionerRole/coach-kaisa-role", "010594Y9032");
        var matrix = await RouteMatrix.Make(ips, all, ours, theirs);
        // Ours point to what is theirs: neither way leads from one to the other.
        foreach (var resource in matrix.Resources)
        {
            var stray = resource.Clone();
            (stray.Id, stray.Meta) = (null, null);
            await ips.StoreAs(TwoTeams.Ours, stray);
        }

        foreach (var type in matrix.Types) await OfType(matrix, type);
        await matrix.TellsNothing(ours.GetAsync("_history"));
        Assert.Equal(
            ["EpisodeOfCare/$may-be-said", "Organization/$export", "Practitioner/$caseload",
                "Practitioner/$transfer-caseload", "import-cases", "import-records"],
            matrix.OtherOperations.Concat(matrix.Operations).Order(StringComparer.Ordinal));
        Assert.NotEmpty(matrix.Searches);
        Assert.Contains(theirCase.Id!, matrix.Ids);
    }

    private static async Task OfType(RouteMatrix matrix, CapabilityStatement.ResourceComponent type)
    {
        var (name, ours) = (type.Type!.Value.GetLiteral(), matrix.Ours);
        await matrix.TellsNothing(ours.GetAsync($"{name}?_count=100"));
        await matrix.TellsNothing(ours.GetAsync($"{name}/_history"));
        foreach (var along in type.SearchInclude)
            await matrix.TellsNothing(ours.GetAsync($"{name}?_count=100&_include={along}"));
        foreach (var along in type.SearchRevInclude)
            await matrix.TellsNothing(ours.GetAsync($"{name}?_count=100&_revinclude={along}"));
        foreach (var parameter in type.SearchParam) await OfParameter(matrix, name, parameter);
        if (matrix.Resources.FirstOrDefault(one => one.TypeName == name) is not { Id: { } id } stored) return;

        foreach (var suffix in (string[])["", "/_history", "/_history/1"])
            await matrix.Alike(id, one => ours.GetAsync($"{name}/{one}{suffix}"));
        foreach (var operation in type.Operation)
        {
            await matrix.Alike(id, one => ours.GetAsync($"{name}/{one}/${operation.Name}"));
            await matrix.Alike(id, one => ours.PostAsync(
                $"{name}/{one}/${operation.Name}", RunningIps.Body(new Parameters())));
        }

        await Written(matrix, stored, name);
    }

    // With each value that theirs has under a parameter: the whole register finds them by it, and we do not.
    private static async Task OfParameter(
        RouteMatrix matrix, string type, CapabilityStatement.SearchParamComponent parameter)
    {
        await matrix.TellsNothing(Search(matrix.Ours, type, $"{parameter.Name}:missing=false"));
        await matrix.TellsNothing(Search(matrix.Ours, type, $"{parameter.Name}:missing=true"));
        foreach (var value in matrix.ValuesOf(type, parameter))
        {
            Assert.True(
                await matrix.Tells(Search(matrix.All, type, $"{parameter.Name}={value}&_count=100")),
                $"{type}?{parameter.Name}={value} finds nothing at all.");
            await matrix.TellsNothing(Search(matrix.Ours, type, $"{parameter.Name}={value}&_count=100"));
        }

        if (parameter.Type is not SearchParamType.Reference) return;
        foreach (var target in matrix.TargetsOf(type, parameter.Name!))
        {
            var (kind, id) = (target.Split('/')[0], target.Split('/')[1]);
            // Ours has the reference, and yet does not learn by it whether there is something behind it.
            if (matrix.Ids.Contains(id))
                await matrix.Alike(id, one => Search(matrix.Ours, type, $"{parameter.Name}:{kind}._id={one}&_total=accurate"));
            foreach (var stored in matrix.Resources.Where(one => one.TypeName == type))
                await matrix.Alike(stored.Id!, one => Search(
                    matrix.Ours, kind, $"_has:{type}:{parameter.Name}:_id={one}&_total=accurate"));
        }
    }

    private static async Task Written(RouteMatrix matrix, Resource stored, string name)
    {
        var (ours, text) = (matrix.Ours, System.Text.Encoding.UTF8.GetString(FhirJson.Write(stored)));
        // The references too: what points to theirs is taken or refused as what points to nothing.
        await matrix.Alike(stored.Id!, one => ours.PutAsync($"{name}/{one}", matrix.Body(text, one)));
        await matrix.Alike(stored.Id!, one => ours.PutAsync($"{name}?_id={one}", matrix.Body(text, one)));
        await matrix.Alike(stored.Id!, one => ours.PostAsync($"{name}/$validate", matrix.Body(text, one)));
        foreach (var kind in (BundleType[])[BundleType.Transaction, BundleType.Batch])
            await matrix.Alike(stored.Id!, one =>
            {
                var resource = FhirJson.Read(System.Text.Encoding.UTF8.GetBytes(matrix.Text(text, one))).Resource!;
                return ours.PostAsync("", RunningIps.Body(new Bundle
                {
                    Type = kind, Entry = [new Bundle.EntryComponent
                    {
                        Resource = resource,
                        Request = new Bundle.RequestComponent { Method = HTTPVerb.PUT, Url = $"{name}/{one}" },
                    }],
                }));
            });
        Assert.Equal(await IfNoneExist(matrix, text, name, RouteMatrix.Absent), await IfNoneExist(matrix, text, name, stored.Id!));
    }

    private static async Task<HttpStatusCode> IfNoneExist(RouteMatrix matrix, string text, string name, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, name) { Content = matrix.Body(text, RouteMatrix.Absent) };
        request.Headers.Add("If-None-Exist", $"_id={id}");
        using var response = await matrix.Ours.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> Search(HttpClient client, string type, string form) =>
        client.PostAsync($"{type}/_search", TwoTeams.Form(form));
}
