namespace Fhir;

public partial class ResourceReference
{
    /// <summary>Without content.</summary>
    public ResourceReference()
    {
    }

    /// <summary>`Type/id`, `#contained`, `urn:uuid:…` or an absolute URL.</summary>
    public ResourceReference(string? reference, string? display = null) =>
        (Reference, Display) = (reference, display);

    /// <summary>True for `#id`.</summary>
    public bool IsContained => Reference?.StartsWith('#') == true;

    /// <summary>Type and id of `Type/id` or `Type/id/_history/version`; false for any other reference.</summary>
    public bool TryGetLocal(out string type, out string id)
    {
        (type, id) = ("", "");
        if (Reference is not { } reference || reference.Split('/') is not [var t, var i, ..] parts) return false;
        if (parts is not ([_, _] or [_, _, "_history", { Length: > 0 }])) return false;
        if (!ModelInfo.IsResourceType(t) || !Json.Lexical.IsId(i)) return false;
        (type, id) = (t, i);
        return true;
    }
}
