using Microsoft.Extensions.Options;

namespace Gateway.Tests;

public class GatewayOptionsTests
{
    [Theory]
    [InlineData("Gateway:UnixSocket", "relative.sock", "Gateway:UnixSocket")]
    [InlineData("Gateway:ConnectTimeout", "00:00:11", "Gateway:ConnectTimeout")]
    [InlineData("Gateway:RequestTimeout", "00:00:00", "Gateway:RequestTimeout")]
    [InlineData("Gateway:ReadinessTimeout", "00:01:00", "Gateway:ReadinessTimeout")]
    [InlineData("Gateway:MaxRequestBodyBytes", "0", "Gateway:MaxRequestBodyBytes")]
    [InlineData("Gateway:MaxConnections", "-1", "Gateway:MaxConnections")]
    [InlineData("Gateway:RateLimit:ConcurrentRequests", "0", "Gateway:RateLimit:ConcurrentRequests")]
    [InlineData("Gateway:RateLimit:RequestsPerSecond", "0", "Gateway:RateLimit:RequestsPerSecond")]
    [InlineData("Gateway:TrustedProxies:0", "everybody", "Gateway:TrustedProxies")]
    [InlineData("ReverseProxy:Clusters:ips-coaching:Destinations:service:Address", "ips", "ips-coaching")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string named)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningGateway.Start((key, value)));

        Assert.Contains(named, Assert.Single(error.Failures));
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_not_only_the_first()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningGateway.Start(
            ("Gateway:ConnectTimeout", "00:00:11"), ("Gateway:MaxConnections", "0")));

        Assert.Equal(2, error.Failures.Count());
    }
}
