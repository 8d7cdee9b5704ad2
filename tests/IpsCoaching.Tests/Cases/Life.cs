using System.Net;
using Fhir;
using IpsCoaching.Cases;
using Messages;

namespace IpsCoaching.Tests.Cases;

/// <summary>Steps in the life of a case, as a coach's system takes them.</summary>
internal static class Life
{
    public static async Task<EpisodeOfCare> Enter(RunningIps ips, string start = "2026-11-23") =>
        await RunningIps.Read<EpisodeOfCare>(
            await ips.Post("EpisodeOfCare", Given.SelfReferral(start)), HttpStatusCode.Created);

    /// <summary>Changes the case as it stands now.</summary>
    public static async Task<HttpResponseMessage> Change(RunningIps ips, Action<EpisodeOfCare> change)
    {
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        change(episode);
        return await ips.Put(episode);
    }

    public static async Task<EpisodeOfCare> Changed(RunningIps ips, Action<EpisodeOfCare> change) =>
        await RunningIps.Read<EpisodeOfCare>(await Change(ips, change), HttpStatusCode.OK);

    public static void Begin(this EpisodeOfCare episode, string phase, string start)
    {
        var extension = new Extension { Url = IpsPhase.ExtensionUrl };
        extension.Extension.Add(new Extension("phase", new Coding(IpsPhase.SystemUrl, phase)));
        extension.Extension.Add(new Extension("period", new Period(new FhirDateTime(start), null)));
        episode.Extension.Add(extension);
    }

    public static void Finish(this EpisodeOfCare episode, string reason, string end = "2026-11-23")
    {
        episode.Status = EpisodeOfCareStatus.Finished;
        episode.Period!.End = end;
        episode.SetExtension(
            Canonicals.StructureDefinition("ips-ending-reason"),
            new Coding(Canonicals.CodeSystem("ips-ending-reason"), reason));
    }

    public static void Reopen(this EpisodeOfCare episode)
    {
        episode.Status = EpisodeOfCareStatus.Active;
        episode.Period!.EndElement = null;
        episode.Extension.RemoveAll(one => one.Url == Canonicals.StructureDefinition("ips-ending-reason"));
    }

    public static void Refuse(this EpisodeOfCare episode, string reason)
    {
        episode.Status = EpisodeOfCareStatus.Cancelled;
        var refusal = new Extension { Url = Canonicals.StructureDefinition("ips-refusal") };
        refusal.Extension.Add(new Extension("reason", new Coding(Canonicals.CodeSystem("ips-refusal-reason"), reason)));
        refusal.Extension.Add(new Extension("guidance", new FhirString("Toinen yksikkö ottaa yhteyttä.")));
        refusal.Extension.Add(new Extension("patient-informed", new FhirBoolean(true)));
        episode.Extension.Add(refusal);
    }

    /// <summary>The phases as <c>code start..end</c>.</summary>
    public static IReadOnlyList<string> Phases(this EpisodeOfCare episode) =>
        [.. episode.Extension.Where(one => one.Url == IpsPhase.ExtensionUrl).Select(phase =>
        {
            var period = (Period)phase.GetExtension("period")!.Value!;
            return $"{((Coding)phase.GetExtension("phase")!.Value!).Code} {period.Start}..{period.End}";
        })];

    /// <summary>The coaches as <c>reference start..end</c>.</summary>
    public static IReadOnlyList<string> Coaches(this EpisodeOfCare episode) =>
        [.. episode.Extension.Where(one => one.Url == Canonicals.StructureDefinition("ips-coach")).Select(coach =>
        {
            var period = (Period)coach.GetExtension("period")!.Value!;
            return $"{((ResourceReference)coach.GetExtension("coach")!.Value!).Reference} {period.Start}..{period.End}";
        })];

    public static IReadOnlyList<string> WasBefore(this EpisodeOfCare episode) =>
        [.. episode.StatusHistory.Select(was => $"{was.Status} {was.Period!.Start}..{was.Period.End}")];
}
