using Fhir.Path;

namespace Fhir.Validation;

/// <summary>Discriminators, http://hl7.org/fhir/R4/profiling.html#discriminator</summary>
internal static class Slicers
{
    public static Discriminator[] ByType { get; } = [Simple(DiscriminatorType.Type, "$this")];

    public static Discriminator[] ByUrl { get; } = [Simple(DiscriminatorType.Value, "url")];

    /// <summary>Null, with a note, when the path cannot be read.</summary>
    public static Discriminator? Of(DiscriminatorType? kind, string? path, string id, List<string> notChecked)
    {
        try
        {
            if (kind is { } known && path is not null) return Simple(known, path);
        }
        catch (FormatException)
        {
            // Noted below.
        }
        notChecked.Add($"a discriminator of {id} cannot be read");
        return null;
    }

    private static Discriminator Simple(DiscriminatorType kind, string path) =>
        new(kind, path, FhirPath.Compile(path));
}
