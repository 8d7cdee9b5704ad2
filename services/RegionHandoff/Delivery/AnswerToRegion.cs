using System.Security.Cryptography;
using Fhir;
using Fhir.Json;
using Messages;

namespace RegionHandoff.Delivery;

/// <summary>
/// The response message that tells a region, over a channel without statuses of its own, that its message was not taken.
/// </summary>
internal static class AnswerToRegion
{
    private const string AbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    /// <summary>Of the same message and the same faults it makes the same bytes, ids included.</summary>
    /// <param name="request">The header of what was sent, as far as it could be read; it has an id.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="status">The status that HTTP would give: it tells whether sending it again may help.</param>
    /// <param name="outcome">Every fault.</param>
    public static byte[] Refuse(MessageHeader request, byte[] body, int status, OperationOutcome outcome)
    {
        var cause = SHA256.HashData([.. SHA256.HashData(body), .. FhirJson.Write(outcome)]);
        outcome.Id = NewId(cause, 1);
        var header = new MessageHeader
        {
            Id = NewId(cause, 2),
            Event = (DataType?)request.Event?.Clone() ?? Unknown(),
            Source = new MessageHeader.MessageSourceComponent
            {
                Name = ServiceNames.RegionHandoff, Endpoint = $"urn:omh:{ServiceNames.RegionHandoff}",
            },
            Response = new MessageHeader.ResponseComponent
            {
                Identifier = request.Id,
                Code = RegionAnswer.IsTransient(status) ? ResponseType.TransientError : ResponseType.FatalError,
                Details = new ResourceReference($"OperationOutcome/{outcome.Id}"),
            },
        };
        var bundle = new Bundle { Id = NewId(cause, 3), Type = BundleType.Message };
        foreach (var resource in (Resource[])[header, outcome])
        {
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = $"{Canonicals.Base}/{resource.TypeName}/{resource.Id}", Resource = resource,
            });
        }

        return FhirJson.Write(bundle);
    }

    // R4 wants an event in every header; of an unreadable message it is not known.
    private static Coding Unknown()
    {
        var unknown = new Coding();
        unknown.Extension.Add(new Extension { Url = AbsentReason, Value = new Code("unknown") });
        return unknown;
    }

    // A UUID of version 8: made of a hash.
    private static string NewId(byte[] cause, byte part)
    {
        var bytes = SHA256.HashData([.. cause, part])[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
