using System.Net;
using System.Text.RegularExpressions;
using Messages.Guide;

namespace Gateway.Tests.Guide;

/// <summary>The guide as pages: every one is there in the three languages, and no link leads nowhere.</summary>
public sealed partial class GuidePagesTests
{
    [Fact]
    public async Task Every_page_that_can_be_reached_is_there_and_every_resource_of_the_guide_is_reached()
    {
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/");
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>(["/ig/en"]);
        while (open.TryDequeue(out var address))
        {
            if (address.EndsWith(".tgz", StringComparison.Ordinal) || !pages.TryAdd(address, "")) continue;
            using var answer = await gateway.Client.GetAsync(address);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, address);
            pages[address] = await answer.Content.ReadAsStringAsync();
            foreach (Match link in Links().Matches(pages[address]))
                if (link.Groups["to"].Value is var to && !to.StartsWith("/ig/fi", StringComparison.Ordinal)
                    && !to.StartsWith("/ig/sv", StringComparison.Ordinal)) open.Enqueue(to);
        }

        // The guide itself is the index.
        Assert.All(GuideContent.Resources.Skip(1), resource => Assert.Contains(pages.Keys, address =>
            address.EndsWith($"/{resource.Id}", StringComparison.Ordinal)));
        Assert.All(GuideContent.Examples, example => Assert.Contains($"/ig/en/Example/{example.Name}", pages.Keys));
        Assert.All(pages.Where(page => page.Key != "/ig/guide.css"), page =>
        {
            Assert.Contains("<html lang=\"en\">", page.Value, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Value, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("fi", "Soveltamisopas", "Profiilit")]
    [InlineData("sv", "Tillämpningsguide", "Profiler")]
    [InlineData("en", "Implementation guide", "Profiles")]
    public async Task The_reader_gets_the_frame_in_a_language_of_the_browser(string language, params string[] words)
    {
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ig");
        request.Headers.AcceptLanguage.ParseAdd($"de, {language}-FI;q=0.8");
        using var answer = await gateway.Client.SendAsync(request);
        // The client follows the redirection, or shows it.
        var address = answer.Headers.Location?.ToString() ?? answer.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.Equal($"/ig/{language}", address);
        var text = WebUtility.HtmlDecode(await gateway.Client.GetStringAsync(address));
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        var profile = WebUtility.HtmlDecode(await gateway.Client.GetStringAsync(address + "/StructureDefinition/referral-task"));
        Assert.Contains("Task.authoredOn", profile, StringComparison.Ordinal);
        var reasons = WebUtility.HtmlDecode(await gateway.Client.GetStringAsync(address + "/CodeSystem/placement-reason"));
        Assert.Contains("Välitön vaara", reasons, StringComparison.Ordinal);
        Assert.Contains("Omedelbar fara", reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_404()
    {
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/");
        foreach (var address in (string[])["/ig/de", "/ig/fi/Patient/a", "/ig/fi/CodeSystem/%3Cscript%3E"])
        {
            using var answer = await gateway.Client.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [GeneratedRegex("href=\"(?<to>/ig/[^\"#]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
