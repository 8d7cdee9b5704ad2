using System.Text.Json.Nodes;

namespace Gateway.Tests.Authorization;

internal static class OAuthAssert
{
    /// <summary>A refusal of the token endpoint, whose words are returned.</summary>
    public static async Task<string> IsOAuthError(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal($"{status} {code}", $"{(int)answer.StatusCode} {JsonNode.Parse(text)!["error"]}");
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        return (string)JsonNode.Parse(text)!["error_description"]!;
    }
}
