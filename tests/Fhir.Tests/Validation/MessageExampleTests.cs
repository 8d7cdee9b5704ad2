using Fhir.Json;
using Fhir.Validation;

namespace Fhir.Tests.Validation;

/// <summary>The messages of deploy/examples.</summary>
public sealed class MessageExampleTests
{
    public static TheoryData<string> Good => [.. Directory.GetFiles(Folder, "*.json")
        .Select(f => System.IO.Path.GetFileName(f)).Where(f => !f.StartsWith("bad-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_example_has_no_error(string name)
    {
        var read = FhirJson.Read(File.ReadAllBytes(System.IO.Path.Combine(Folder, name)));
        Assert.Empty(ResourceValidator.Validate(read.Resource!, ValidationOptions.ErrorsOnly));
    }

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(System.IO.Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
                folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
            return System.IO.Path.Combine(folder.FullName, "deploy", "examples");
        }
    }
}
