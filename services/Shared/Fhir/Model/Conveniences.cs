namespace Fhir;

public partial class Coding
{
    /// <summary>Without content.</summary>
    public Coding()
    {
    }

    /// <summary>A code of a system.</summary>
    public Coding(string? system, string? code, string? display = null) =>
        (System, Code, Display) = (system, code, display);
}

public partial class CodeableConcept
{
    /// <summary>Without content.</summary>
    public CodeableConcept()
    {
    }

    /// <summary>One coding.</summary>
    public CodeableConcept(string? system, string? code, string? display = null) =>
        Coding.Add(new(system, code, display));

    /// <summary>True when one of the codings is this code of this system.</summary>
    public bool Has(string system, string code) => Coding.Any(c => c.System == system && c.Code == code);
}

public partial class Identifier
{
    /// <summary>Without content.</summary>
    public Identifier()
    {
    }

    /// <summary>A value of a system.</summary>
    public Identifier(string? system, string? value) => (System, Value) = (system, value);
}

public partial class Parameters
{
    /// <summary>The first value of a name and type, or null.</summary>
    public T? Value<T>(string name) where T : DataType => Values<T>(name).FirstOrDefault();

    /// <summary>All values of a name and type.</summary>
    public IEnumerable<T> Values<T>(string name) where T : DataType =>
        Parameter.Where(one => one.Name == name).Select(one => one.Value).OfType<T>();

    /// <summary>A parameter, or a part of one, with a value.</summary>
    public static ParameterComponent Part(string name, DataType? value) => new() { Name = name, Value = value };

    /// <summary>One that has parts.</summary>
    public static ParameterComponent Parts(string name, params IEnumerable<ParameterComponent> parts) =>
        new() { Name = name, Part = [.. parts] };
}

public partial class Quantity
{
    /// <summary>UCUM's system URI.</summary>
    public const string Ucum = "http://unitsofmeasure.org";

    /// <summary>Without content.</summary>
    public Quantity()
    {
    }

    /// <summary>A value in a unit of UCUM.</summary>
    public Quantity(decimal value, string unit) => (Value, Unit, System, Code) = (value, unit, Ucum, unit);
}

public partial class Period
{
    /// <summary>Without content.</summary>
    public Period()
    {
    }

    /// <summary>From and to, either of which may be open.</summary>
    public Period(FhirDateTime? start, FhirDateTime? end) => (StartElement, EndElement) = (start, end);
}

public partial class Extension
{
    /// <summary>Without content.</summary>
    public Extension()
    {
    }

    /// <summary>A simple extension.</summary>
    public Extension(string url, DataType? value) => (Url, Value) = (url, value);
}

public partial class Narrative
{
    /// <summary>Without content.</summary>
    public Narrative()
    {
    }

    /// <summary>Status and a `div` of XHTML.</summary>
    public Narrative(NarrativeStatus status, string div) => (Status, Div) = (status, div);
}
