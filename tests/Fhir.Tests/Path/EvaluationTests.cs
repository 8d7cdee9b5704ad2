using System.Diagnostics;
using Fhir.Path;

namespace Fhir.Tests.Path;

/// <summary>What HL7's tests do not ask: FHIR's own functions, references, odd values and limits.</summary>
public sealed class EvaluationTests
{
    private static readonly Patient Worker = new()
    {
        Id = "a",
        BirthDate = "1980-05",
        Contained = [new Organization { Id = "employer", Name = "Works" }],
        ManagingOrganization = new("#employer"),
        Deceased = new FhirBoolean(false),
        Name = [new() { Given = ["Aino", "Maria"], Family = "Testi" }],
    };

    private static object? One(string expression, Base? focus = null, FhirPathContext? context = null) =>
        FhirPath.Compile(expression).Evaluate(focus ?? Worker, context) switch
        {
            [] => null,
            [PrimitiveType item] => item.Text,
            [var item] => item,
            var many => throw new InvalidOperationException($"{many.Count} items"),
        };

    [Theory]
    [InlineData("managingOrganization.resolve().name", "Works")]
    [InlineData("managingOrganization.reference.resolve().name", "Works")]
    [InlineData("managingOrganization.resolve() is Organization", true)]
    [InlineData("managingOrganization.resolve() is Patient", false)]
    [InlineData("deceased.exists() and deceased != false", false)]
    [InlineData("(deceased as boolean)", "false")]
    [InlineData("(deceased as dateTime)", null)]
    [InlineData("name.given.count() = 2 implies name.family.hasValue()", true)]
    [InlineData("Resource.id", "a")]
    [InlineData("%resource.id & %rootResource.id & %context.id", "aaa")]
    [InlineData("contained.id in ('employer' | 'other')", true)]
    [InlineData("birthDate < @1981", true)]
    [InlineData("birthDate < @1980", null)]
    [InlineData("birthDate < @1980-05-02T00:00:00Z", null)]
    [InlineData("birthDate < @1980-06-02T00:00:00Z", true)]
    [InlineData("'http://hl7.org/fhir/ValueSet/administrative-gender' = %`vs-administrative-gender`", true)]
    [InlineData("'male'.memberOf('http://hl7.org/fhir/ValueSet/administrative-gender')", true)]
    [InlineData("'x'.memberOf('http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1')", false)]
    [InlineData("name.given.aggregate($total & $this, '')", "AinoMaria")]
    [InlineData("name.given.select($index)[1]", 1)]
    [InlineData("2147483647 + 1", null)]
    [InlineData("1 year = 12 months", true)]
    [InlineData("1 year = 1 'a'", null)]
    [InlineData("1 year ~ 1 'a'", true)]
    [InlineData("120 'mm[Hg]' > 15 'kPa'", true)]
    [InlineData("5 'mmol/L' = 5 'mol/m3'", true)]
    [InlineData("1 'cm' < 1 's'", null)]
    [InlineData("@2016-02-29 + 1 year = @2017-02-28", true)]
    [InlineData("@T23:30 + 1 hour = @T00:30", true)]
    public void Gives(string expression, object? expected) => Assert.Equal(expected, One(expression));

    [Fact]
    public void An_unresolved_reference_is_of_the_type_that_it_names()
    {
        var task = new FhirTask { For = new("Patient/1"), Owner = new("https://example.org/fhir/Organization/2") };
        Assert.Equal(true, One("Task.for.where(resolve() is Patient).exists()", task));
        Assert.Equal(true, One("owner.resolve() is Organization", task));
        Assert.Equal(false, One("owner.resolve().exists()", task));
        Assert.Equal("1", One("for.resolve().id", task, new() { Resolver = _ => new Patient { Id = "1" } }));
    }

    [Fact]
    public void A_reference_is_found_in_the_Bundle_by_fullUrl_or_by_type_and_id()
    {
        const string PatientUrl = "urn:uuid:0198c0de-0000-7000-8000-000000000001";
        var bundle = new Bundle
        {
            Entry =
            [
                new() { FullUrl = PatientUrl, Resource = new Patient { Id = "p" } },
                new()
                {
                    Resource = new FhirTask
                    {
                        For = new(PatientUrl),
                        Focus = new("Patient/p"),
                        Owner = new("Patient/other"),
                    },
                },
            ],
        };
        Assert.Equal("p", One("Bundle.entry.resource.for.resolve().id", bundle));
        Assert.Equal("p", One("entry.resource.focus.resolve().id", bundle));
        Assert.Null(One("entry.resource.owner.resolve().id", bundle));
        Assert.Equal("p", One("for.resolve().id", bundle.Entry[1].Resource, new() { Bundle = bundle }));
    }

    [Fact]
    public void Trace_passes_its_input_on_and_shows_it_to_whom_it_may_concern()
    {
        var seen = new List<string>();
        var context = new FhirPathContext { Trace = (name, items) => seen.Add($"{name} {items.Count}") };
        Assert.Equal(2, One("name.given.trace('given', length()).count()", null, context));
        Assert.Equal(["given 2"], seen);
    }

    [Fact]
    public void A_variable_that_is_not_given_is_an_error()
    {
        var context = new FhirPathContext { Variables = new Dictionary<string, object> { ["known"] = 1 } };
        Assert.Equal(2, One("%known + 1", null, context));
        Assert.Throws<FhirPathException>(() => One("%unknown", null, context));
    }

    [Theory]
    [InlineData("'a'.repeat($this & 'a').count()")]
    [InlineData("name.given.aggregate($total.combine($total | $this).combine($total), 'x').count()")]
    [InlineData("'abcdefghijklmnop'.toChars().aggregate($total & $total & $total & 'x', '').length()")]
    [InlineData("'abcdefgh'.toChars().aggregate($total.replace('', $total), 'xxxxxxxx').length()")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(?=(a+)+$)(a|aa)+$')")]
    public void An_expression_that_would_run_for_long_is_ended(string expression)
    {
        var start = Stopwatch.GetTimestamp();
        var fault = Record.Exception(() => One(expression));
        Assert.True(fault is null or FhirPathException { IsLimit: true }, fault?.ToString());
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 20);
    }

    [Fact]
    public void Steps_are_counted_over_nested_walks()
    {
        var groups = new Questionnaire
        {
            Item = [.. Enumerable.Range(0, 2000).Select(i => new Questionnaire.ItemComponent { LinkId = $"{i}" })],
        };
        const string Cubic = "descendants().where(%resource.descendants().where(linkId = 'x').exists()).exists()";
        Assert.True(Assert.Throws<FhirPathException>(() => One(Cubic, groups)).IsLimit);
        Assert.Equal(true, One("descendants().linkId.isDistinct()", groups));
    }
}
