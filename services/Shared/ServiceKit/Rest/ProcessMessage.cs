using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Http;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>
/// <c>POST $process-message</c>: http://hl7.org/fhir/R4/operation-messageheader-process-message.html. A 2xx answer means
/// that the message and all that came of it are on disk.
/// </summary>
public sealed class ProcessMessage<TDatabase>(MessageIntake<TDatabase> intake) where TDatabase : ServiceDatabase
{
    public async Task Handle(HttpContext context, Access access)
    {
        var cancel = context.RequestAborted;
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, cancel);
        if (refusal is null && context.Request.Query["async"] == "true")
            refusal = new Refusal(501, "REC_BAD_REQUEST", [Refusal.Issue(
                IssueType.NotSupported, "", "Messages are answered at once; async is not supported.")]);
        var answer = refusal is null
            ? await intake.Take(body!, FhirJson.Read(body), access, parks: false, cancel)
            : new MessageAnswer.NotTaken(refusal);
        await (answer switch
        {
            MessageAnswer.Stored(var status, var stored) => FhirHttp.Write(context.Response, status, stored, cancel),
            MessageAnswer.NotTaken(var why) => FhirHttp.Refuse(context.Response, why, cancel),
            _ => throw new InvalidOperationException($"No answer for {answer.GetType().Name}."),
        });
    }
}
