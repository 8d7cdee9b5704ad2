using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Tests.Storage;

/// <summary>Which parameters the index holds.</summary>
public sealed class SearchParameterTests
{
    [Fact]
    public void Every_parameter_of_R4_whose_kind_is_indexed_is_held_but_those_that_lead_to_a_resource()
    {
        SearchParamType[] kinds =
        [
            SearchParamType.Token, SearchParamType.Uri, SearchParamType.Reference, SearchParamType.String,
            SearchParamType.Date,
        ];
        var left = ModelInfo.SearchParameters
            .Where(p => kinds.Contains(p.Kind) && ModelInfo.ResourceTypes.Contains(p.Type))
            .Where(p => SearchParameters.Find(p.Type, p.Code) is null).Select(p => $"{p.Type}.{p.Code}");
        Assert.Equal(["Bundle.composition", "Bundle.message"], left);
    }

    [Theory]
    [InlineData(false, "false")]
    [InlineData(true, "true")]
    public void A_computed_value_is_a_token(bool deceased, string value)
    {
        var patient = new Patient { Id = "a", Deceased = new FhirBoolean(deceased) };
        var row = Assert.Single(IndexExtractor.Extract(patient, new IndexKeys("1", [1])), r => r.Param == "deceased");
        Assert.Equal(value, row.Value);
    }
}
