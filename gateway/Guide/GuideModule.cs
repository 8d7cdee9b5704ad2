using Gateway.Limits;
using Messages.Guide;

namespace Gateway.Guide;

/// <summary>Our implementation guide as a package, for anybody: it is what a client is built against.</summary>
public static class GuideModule
{
    public static void MapGuide(this WebApplication app) =>
        app.MapGet("/ig/package.tgz", () => Results.Bytes(
                GuidePackage.Bytes, "application/gzip", $"{GuideContent.PackageId}-{GuideContent.Version}.tgz"))
            .RequireRateLimiting(CallerRateLimit.Policy);
}
