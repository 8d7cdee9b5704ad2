using System.Reflection;

namespace Architecture.Tests;

/// <summary>Who may know whom (architecture of the README's map): services know Shared only, never each other.</summary>
public sealed class DependencyTests
{
    private static readonly string[] Ours =
        ["Fhir", "Messages", "ServiceKit", "OccupationalHealth", "IpsCoaching", "RegionHandoff", "Gateway", "Standalone"];

    [Theory]
    [InlineData("Fhir", "")]
    [InlineData("Messages", "Fhir")]
    [InlineData("ServiceKit", "Fhir Messages")]
    [InlineData("OccupationalHealth", "Fhir Messages ServiceKit")]
    [InlineData("IpsCoaching", "Fhir Messages ServiceKit")]
    [InlineData("RegionHandoff", "Fhir Messages ServiceKit")]
    [InlineData("Gateway", "Fhir Messages")]
    public void A_project_knows_only_what_it_may(string project, string allowed)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(Ours.Contains);
        Assert.Empty(known.Except(allowed.Split(' ')));
    }

    [Fact]
    public void Fhir_stands_on_the_runtime_alone()
    {
        var outside = Assembly.Load("Fhir").GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));
        Assert.Empty(outside);
    }

    [Fact]
    public void Brokers_are_spoken_to_by_the_service_kit_and_the_delivery_to_regions_alone()
    {
        foreach (var project in (string[])["Fhir", "Messages", "Gateway", "OccupationalHealth", "IpsCoaching", "Standalone"])
        {
            Assert.DoesNotContain(
                Assembly.Load(project).GetReferencedAssemblies(),
                reference => reference.Name == "RabbitMQ.Client");
        }
    }

    [Theory]
    [InlineData("OccupationalHealth.Placement")]
    public void Decisions_do_no_input_or_output(string folder)
    {
        string[] forbidden = ["ServiceKit", "Microsoft.AspNetCore", "System.Net", "System.Threading.Tasks", "Dapper"];
        var types = Assembly.Load(folder.Split('.')[0]).GetTypes()
            .Where(type => type.Namespace == folder);
        var seen = types.SelectMany(type => type.GetMembers(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                | BindingFlags.DeclaredOnly))
            .SelectMany(TypesOf).Select(type => type.Namespace ?? "").Distinct();
        Assert.DoesNotContain(seen, name => forbidden.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
