namespace Deploy.Tests.Manifests;

public sealed class SchemaTests
{
    [Theory]
    [InlineData(Manifest.Compose, 1)]
    [InlineData(Manifest.Base, 15)]
    [InlineData(Manifest.Local, 25)]
    public async Task A_manifest_keeps_to_its_schema_and_has_no_field_that_is_unknown(string name, int least)
    {
        var manifest = await Manifest.Of(name);

        Assert.Empty(manifest.Faults);
        Assert.True(manifest.Documents.Count >= least, $"{manifest.Documents.Count}");
    }
}
