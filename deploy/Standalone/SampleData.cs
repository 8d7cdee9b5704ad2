using Fhir;
using Fhir.Json;
using IpsCoaching;
using OccupationalHealth;
using RegionHandoff;
using ServiceKit.Storage;

namespace Standalone;

/// <summary>
/// Fills databases that hold nothing with what a newcomer needs: providers, employers with different contracts, regions
/// and their services. Invented persons come with the example messages only.
/// </summary>
internal static class SampleData
{
    public static async Task LoadIfEmpty(IServiceProvider services)
    {
        await Load(services.GetRequiredService<OccupationalHealthDatabase>(), "occupational-health.json");
        await Load(services.GetRequiredService<IpsCoachingDatabase>(), "ips-coaching.json");
        await Load(services.GetRequiredService<RegionHandoffDatabase>(), "region-handoff.json");
    }

    private static Task Load(ServiceDatabase database, string file) => database.Write(async session =>
    {
        if (await session.First<long>("select count(*) from resource") > 0) return;
        foreach (var entry in Read(file).Entry) await session.Resources.Create(Access.Local, entry.Resource!);
    }, CancellationToken.None);

    private static Bundle Read(string file)
    {
        using var stream = typeof(SampleData).Assembly.GetManifestResourceStream($"Standalone.SampleData.{file}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var read = FhirJson.Read(bytes.ToArray());
        return read.Ok
            ? (Bundle)read.Resource!
            : throw new InvalidOperationException($"{file}: {read.Issues[0].Expression} {read.Issues[0].Message}");
    }
}
