using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceKit.Hosting;

/// <summary>Says 200 when what the process depends on is ready, else 503 with the names of what is not.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether all is as it should be: for operators.</summary>
    public static Task Ready(HttpContext context) => Answer(context, _ => true);

    /// <summary>Whether requests can be served: for whatever chooses between instances.</summary>
    public static Task Serving(HttpContext context) => Answer(context, probe => probe.IsNeededToServe);

    // It writes the answer itself: MapGet ignores the result of a method that it takes for a RequestDelegate.
    private static async Task Answer(HttpContext context, Func<IServiceProbe, bool> counts)
    {
        List<string> missing = [];
        foreach (var probe in context.RequestServices.GetServices<IServiceProbe>().Where(counts))
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

        var answer = missing.Count == 0
            ? Results.Text("ready")
            : Results.Text("not ready: " + string.Join(", ", missing), statusCode: 503);
        await answer.ExecuteAsync(context);
    }
}
