using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Tests;
using System.Text;
using System.Text.Json;

namespace Load;

/// <summary>A placement that is only tried (<c>$place</c>) beside a GET of one resource, both through the gateway.</summary>
internal static class PlaceCost
{
    public static async Task Run(string gateway, CpuMeter meter, int count, int atOnce, int rounds)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway), Timeout = TimeSpan.FromMinutes(1) };
        var referral = Encoding.UTF8.GetBytes(Examples.Text("03-"));
        var patient = await Stored(http, referral);
        var path = $"{Client.OccupationalHealth}/ServiceRequest/$place";
        await Measured.Many(count / 4, atOnce, _ => Post(http, path, referral));
        for (var round = 0; round < rounds; round++)
        {
            var get = await Measured.Many(count, atOnce, _ => Get(http, patient), meter);
            var check = await Measured.Many(
                count, atOnce, _ => Post(http, $"{Client.OccupationalHealth}/Bundle/$validate", referral), meter);
            var place = await Measured.Many(count, atOnce, _ => Post(http, path, referral), meter);
            Show("GET of one resource", get);
            Show("$validate of the message", check);
            Show("$place", place);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"$place / GET: {get.PerSecond / place.PerSecond:0.0} x by the clock, "
                + $"{Servers(place) / Servers(get):0.0} x the processor time of the servers"));
        }
    }

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
