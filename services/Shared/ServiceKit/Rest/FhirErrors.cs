using System.Data.Common;
using Fhir;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServiceKit.Rest;

/// <summary>Turns whatever goes wrong into an OperationOutcome. The log names the kind of fault, never its content.</summary>
public sealed partial class FhirErrors(RequestDelegate next, ILogger<FhirErrors> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, ContentLength: null, StatusCode: >= 400 })
                await FhirHttp.Refuse(context.Response, For(context.Response.StatusCode), context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            var refusal = For(fault);
            if (refusal.Status >= 500) LogFault(fault.GetType().Name, fault.StackTrace ?? "");
            await FhirHttp.Refuse(context.Response, refusal, CancellationToken.None);
        }
    }

    private static Refusal For(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: 413 } => For(413),
        BadHttpRequestException bad => For(bad.StatusCode),
        // A form with too many or too long parameters.
        InvalidDataException => For(400),
        DbException => new Refusal(503, "REC_UNAVAILABLE", [Refusal.Issue(
            IssueType.Transient, "", "The store is not available; nothing was changed. Try again.")]),
        _ => For(500),
    };

    private static Refusal For(int status) => status switch
    {
        404 => Refusal.NotFound("There is nothing at this address."),
        405 => new Refusal(405, "SEND_METHOD_NOT_ALLOWED", [Refusal.Issue(
            IssueType.NotSupported, "", "This method is not supported here.")]),
        413 => new Refusal(413, "SEND_TOO_LARGE", [Refusal.Issue(
            IssueType.TooLong, "", "The request is larger than this server takes.")]),
        < 500 => new Refusal(status, "SEND_BAD_REQUEST", [Refusal.Issue(
            IssueType.Invalid, "", "The request is not valid HTTP for this address.")]),
        _ => new Refusal(500, "REC_ERROR", [Refusal.Issue(
            IssueType.Exception, "", "Something went wrong here; nothing was changed. Try again.")]),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request ended in {Fault}\n{Stack}")]
    private partial void LogFault(string fault, string stack);
}
