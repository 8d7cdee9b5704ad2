using Fhir.Path;

namespace Fhir.Tests.Path;

/// <summary>Texts and their parsing.</summary>
public sealed class CompileTests
{
    [Fact]
    public void Every_invariant_and_every_search_parameter_of_R4_compiles()
    {
        var expressions = ModelInfo.Invariants.Select(i => i.Expression)
            .Concat(ModelInfo.SearchParameters.Select(p => p.Expression))
            .Concat(ModelInfo.SearchParameters.SelectMany(p => p.Components ?? []).Select(c => c.Expression))
            .Distinct().ToList();
        foreach (var expression in expressions) Assert.Equal(expression, FhirPath.Compile(expression).Text);
        Assert.True(expressions.Count > 600, $"Only {expressions.Count} expressions.");
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("name.", 5)]
    [InlineData("name..given", 5)]
    [InlineData("(name", 5)]
    [InlineData("name)", 4)]
    [InlineData("'open", 0)]
    [InlineData("'\\q'", 1)]
    [InlineData("name.noSuch()", 5)]
    [InlineData("name.first(1)", 5)]
    [InlineData("value is NoSuch", 9)]
    [InlineData("@2026-13", 0)]
    [InlineData("1 and", 5)]
    [InlineData("and", 0)]
    [InlineData("2147483648", 0)]
    [InlineData("$that", 0)]
    [InlineData("a # b", 2)]
    [InlineData("``", 0)]
    public void A_malformed_text_is_refused_with_the_position(string text, int position)
    {
        var fault = Assert.Throws<FormatException>(() => FhirPathExpression.Parse(text));
        Assert.Contains($"at {position}:", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not(", ")")]
    [InlineData("-", "")]
    [InlineData("", ".first()")]
    [InlineData("", " or true")]
    [InlineData("", "[0]")]
    public void A_text_that_is_nested_too_deeply_is_refused(string before, string after)
    {
        var text = string.Concat(Enumerable.Repeat(before, 5000)) + "1" + string.Concat(Enumerable.Repeat(after, 5000));
        Assert.Throws<FormatException>(() => FhirPathExpression.Parse(text[..Math.Min(text.Length, 30_000)]));
    }

    [Fact]
    public void Names_that_are_operators_elsewhere_need_no_quotes_behind_a_point()
    {
        var set = new ValueSet { Expansion = new() { Contains = [new() { Code = "a" }] } };
        Assert.Equal("a", FhirPath.Compile("expansion.contains.code").Find(set).Single().ToString());
    }
}
