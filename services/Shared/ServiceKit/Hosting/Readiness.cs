using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceKit.Hosting;

/// <summary>Readiness: 200 when all that the process depends on is ready, else 503 with the names of what is not.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<IResult> Answer(HttpContext context)
    {
        List<string> missing = [];
        foreach (var probe in context.RequestServices.GetServices<IServiceProbe>())
        {
            try
            {
                using var cancel = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
                cancel.CancelAfter(Patience);
                if (!await probe.IsReady(cancel.Token)) missing.Add(probe.Name);
            }
            catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                missing.Add(probe.Name);
            }
        }

        return missing.Count == 0
            ? Results.Text("ready")
            : Results.Text("not ready: " + string.Join(", ", missing), statusCode: 503);
    }
}
