using Fhir;
using Fhir.Json;
using Messages;

namespace RegionHandoff.Delivery;

/// <summary>What sending a message to a region brought.</summary>
public abstract record RegionAnswer
{
    private RegionAnswer()
    {
    }

    /// <summary>The region has the message.</summary>
    public sealed record Taken : RegionAnswer;

    /// <summary>It will never take it as it is.</summary>
    public sealed record Refused : RegionAnswer;

    /// <summary>It may take it later; <paramref name="Pause"/> is what it asked for.</summary>
    public sealed record NotNow(TimeSpan? Pause) : RegionAnswer;

    /// <summary>It lies in the region's own queue; whether the region takes it is not known yet.</summary>
    public sealed record Sent : RegionAnswer;

    /// <summary>The channel to the region is down: nothing was tried.</summary>
    public sealed record Away : RegionAnswer;

    /// <summary>Statuses after which the same message may be taken later.</summary>
    public static bool IsTransient(int status) => status is 408 or 425 or 429 or >= 500;

    /// <summary>
    /// Reads an HTTP answer. A 2xx counts as acknowledged unless it holds a message whose response code says otherwise;
    /// a 409 with issue <c>duplicate</c> comes from receivers that answer a repetition so (NHS BaRS), who have it
    /// already.
    /// </summary>
    public static RegionAnswer Of(int status, byte[] body, TimeSpan? pause)
    {
        if (IsTransient(status)) return new NotNow(pause);
        var content = body.Length == 0 ? null : FhirJson.Read(body, FhirReadOptions.Lenient).Resource;
        if (status == 409)
            return content is OperationOutcome outcome && outcome.Issue.Any(issue => issue.Code == IssueType.Duplicate)
                ? new Taken()
                : new Refused();
        if (status is < 200 or > 299) return new Refused();
        var code = content is Bundle { Type: BundleType.Message, Entry: [{ Resource: MessageHeader header }, ..] }
            ? header.Response?.Code
            : null;
        return Of(code ?? ResponseType.Ok, pause);
    }

    /// <summary>Reads the code of a response message.</summary>
    public static RegionAnswer Of(ResponseType code, TimeSpan? pause = null) => code switch
    {
        ResponseType.FatalError => new Refused(),
        ResponseType.TransientError => new NotNow(pause),
        _ => new Taken(),
    };
}
