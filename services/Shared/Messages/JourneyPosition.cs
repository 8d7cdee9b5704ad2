using Fhir;

namespace Messages;

/// <summary>
/// Where a message stands among those of its journey: the receiver applies them in this order. It travels in an extension
/// of the MessageHeader.
/// </summary>
/// <param name="Source">The service that sent it.</param>
/// <param name="Journey">The journey's id, <c>Task.groupIdentifier.value</c>.</param>
/// <param name="Number">1 for the first message of the journey from that source to the receiving service.</param>
public sealed record JourneyPosition(string Source, string Journey, long Number)
{
    private const string Url = Canonicals.Base + "/StructureDefinition/journey-position";

    /// <summary>Writes the position into a header, in place of one that is there.</summary>
    public static void Set(MessageHeader header, JourneyPosition position)
    {
        header.Extension.RemoveAll(extension => extension.Url == Url);
        var extension = new Extension { Url = Url };
        extension.Extension.Add(new Extension { Url = "source", Value = new Code(position.Source) });
        extension.Extension.Add(new Extension { Url = "journey", Value = new FhirString(position.Journey) });
        extension.Extension.Add(new Extension { Url = "number", Value = new PositiveInt((int)position.Number) });
        header.Extension.Add(extension);
    }

    /// <summary>Reads the position, or null when the header has none that is whole.</summary>
    public static JourneyPosition? Of(MessageHeader header)
    {
        var parts = header.Extension.Find(extension => extension.Url == Url)?.Extension;
        var source = (parts?.Find(part => part.Url == "source")?.Value as Code)?.Value;
        var journey = (parts?.Find(part => part.Url == "journey")?.Value as FhirString)?.Value;
        var number = (parts?.Find(part => part.Url == "number")?.Value as PositiveInt)?.Value;
        return source is null || journey is null || number is null
            ? null
            : new JourneyPosition(source, journey, number.Value);
    }
}
