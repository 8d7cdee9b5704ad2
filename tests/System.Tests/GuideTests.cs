using Fhir;
using Messages.Guide;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace System.Tests;

/// <summary>The guide beside the running system: it names what is there, and nothing else.</summary>
public sealed class GuideTests
{
    [Fact]
    public async Task Every_operation_of_the_services_is_in_the_guide_as_it_is_called()
    {
        await using var box = await RunningBox.Start();
        var routes = box.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(text => text.Contains("/fhir/", StringComparison.Ordinal) && text.Contains('$', StringComparison.Ordinal))
            .Select(text => text[(text.IndexOf("/fhir/", StringComparison.Ordinal) + 6)..])
            .Where(text => !text.EndsWith("$validate", StringComparison.Ordinal) && text != "$process-message")
            .Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(routes, GuideContent.Resources.OfType<OperationDefinition>().Select(AddressOf)
            .Order(StringComparer.Ordinal));

        var offered = new List<string>();
        foreach (var root in (string[])[Client.OccupationalHealth, Client.Ips, Client.Regions])
        {
            var rest = (await box.Client.Get<CapabilityStatement>($"{root}/metadata")).Rest.Single();
            offered.AddRange(rest.Operation.Concat(rest.Resource.SelectMany(type => type.Operation))
                .Select(operation => operation.Definition!).Where(url => !url.StartsWith("http://hl7.org/", StringComparison.Ordinal)));
        }

        Assert.Equal(
            GuideContent.Resources.OfType<OperationDefinition>().Select(operation => operation.Url).Order(StringComparer.Ordinal),
            offered.Order(StringComparer.Ordinal));
    }

    private static string AddressOf(OperationDefinition operation)
    {
        var type = operation.Resource.Select(one => one.GetLiteral() + "/").SingleOrDefault();
        return $"{type}{(operation.Instance == true ? "{id}/" : "")}${operation.Code}";
    }
}
