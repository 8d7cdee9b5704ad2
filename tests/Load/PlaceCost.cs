using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Tests;
using System.Text;
using System.Text.Json;

namespace Load;

/// <summary>
/// A placement that is only tried (<c>$place</c>) beside a GET of one resource, both through the gateway, in short turns, so
/// that what else happens on the machine meets both; the median turn tells.
/// </summary>
internal static class PlaceCost
{
    private const int Turns = 9;

    public static async Task Run(string gateway, CpuMeter meter, int count, int atOnce, int rounds)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway), Timeout = TimeSpan.FromMinutes(1) };
        var referral = Encoding.UTF8.GetBytes(Examples.Text("03-"));
        var patient = await Stored(http, referral);
        var path = $"{Client.OccupationalHealth}/ServiceRequest/$place";
        async Task<(Measured Get, Measured Check, Measured Place)> Turn(int each, CpuMeter? by) => (
            await Measured.Many(each, atOnce, _ => Get(http, patient), by),
            await Measured.Many(each, atOnce, _ => Post(http, $"{Client.OccupationalHealth}/Bundle/$validate", referral), by),
            await Measured.Many(each, atOnce, _ => Post(http, path, referral), by));

        await WarmUp.Run(_ => Turn(count / Turns, null));
        for (var round = 0; round < rounds; round++)
        {
            List<(Measured Get, Measured Check, Measured Place)> turns = [];
            while (turns.Count < Turns) turns.Add(await Turn(count / Turns, meter));
            var (get, check, place) = turns.OrderBy(turn => Servers(turn.Place) / Servers(turn.Get)).ElementAt(Turns / 2);
            Show("GET of one resource", get);
            Show("$validate of the message", check);
            Show("$place", place);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"$place / GET: {Median(turns, turn => turn.Get.PerSecond / turn.Place.PerSecond):0.0} x by the clock, "
                + $"{Median(turns, turn => Servers(turn.Place) / Servers(turn.Get)):0.0} x the processor time of the servers"));
        }
    }

    private static double Median<T>(IEnumerable<T> turns, Func<T, double> ratio) =>
        turns.Select(ratio).Order().ElementAt(Turns / 2);

    private static async Task<string> Stored(HttpClient http, byte[] referral)
    {
        await Post(http, $"{Client.OccupationalHealth}/$process-message", referral);
        var found = await http.GetFromJsonAsync<JsonElement>($"{Client.OccupationalHealth}/Task?_count=1");
        var task = found.GetProperty("entry")[0].GetProperty("resource").GetProperty("id").GetString();
        return $"{Client.OccupationalHealth}/Task/{task}";
    }

    private static double Servers(Measured measured) =>
        measured.CpuMilliseconds.Where(family => family.Key != "this process").Sum(family => family.Value);

    private static async Task Post(HttpClient http, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var response = await http.PostAsync(path, content);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task Get(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static void Show(string name, Measured measured) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {measured.PerSecond:0}/s, p50 {measured.P50.TotalMilliseconds:0.0} ms, "
        + $"{Servers(measured):0.00} ms of the servers' processor time each: {string.Join(", ", measured.CpuMilliseconds
            .Where(family => family.Value >= 0.01 && family.Key != "this process")
            .Select(family => string.Create(CultureInfo.InvariantCulture, $"{family.Key} {family.Value:0.00}")))}"));
}
