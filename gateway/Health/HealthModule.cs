using Gateway.Limits;

namespace Gateway.Health;

public static class HealthModule
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        app.MapGet("/health/ready", Readiness.Answer).RequireRateLimiting(CallerRateLimit.Policy);
    }
}
