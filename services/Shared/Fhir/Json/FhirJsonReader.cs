using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Fhir.Json;

/// <summary>Reads one resource over the metadata table and lists every fault that it meets on the way.</summary>
internal sealed partial class FhirJsonReader(FhirReadOptions options)
{
    private readonly IssueCollector _issues = new(Math.Max(1, options.MaxIssues));

    public FhirReadResult Read(ReadOnlySpan<byte> utf8)
    {
        var resource = InputFault(utf8) ? null : ReadRoot(utf8);
        return new(resource, _issues.Close(), !_issues.HasErrors);
    }

    // The JSON reader would replace what is not UTF-8, or throw while a string is fetched.
    private bool InputFault(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
            _issues.Fatal(IssueType.Structure, "The content must not start with a byte order mark.", 0);
        else if (!Utf8.IsValid(utf8))
            _issues.Fatal(IssueType.Structure, "The content must be UTF-8.", FirstInvalid(utf8));
        return _issues.HasErrors;
    }

    private static long FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(utf8[position..], out _, out var used) == System.Buffers.OperationStatus.Done)
            position += used;
        return position;
    }

    private Resource? ReadRoot(ReadOnlySpan<byte> utf8)
    {
        var depth = Math.Clamp(options.MaxDepth, 1, 512);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depth });
        Resource? resource = null;
        try
        {
            reader.Read();
            resource = ReadResource(ref reader);
            reader.Read();
        }
        catch (JsonException e)
        {
            var position = Position(utf8, e);
            if (IsTooDeep(utf8, position, OpenLevels(in reader), depth))
                _issues.Fatal(IssueType.TooCostly, $"The content is nested deeper than {depth} levels.", position);
            else
                _issues.Fatal(IssueType.Structure, "The content is not well-formed JSON.", position);
        }
        return resource;
    }

    private static long Position(ReadOnlySpan<byte> utf8, JsonException e)
    {
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--) start += utf8[start..].IndexOf((byte)'\n') + 1;
        return Math.Min(start + (e.BytePositionInLine ?? 0), utf8.Length);
    }

    // The reader does not count the level that its present token opens.
    private static int OpenLevels(in Utf8JsonReader reader) => reader.CurrentDepth
        + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);

    // The exception does not say so in a form to rely on: the reader stood at the limit and met another opening.
    private static bool IsTooDeep(ReadOnlySpan<byte> utf8, long position, int levels, int limit) =>
        levels >= limit && position < utf8.Length && utf8[(int)position] is (byte)'{' or (byte)'[';

    private Resource? ReadResource(ref Utf8JsonReader reader)
    {
        if (!Expect(ref reader, JsonTokenType.StartObject, "a JSON object with a resourceType")) return null;
        var type = FindResourceType(reader, out var position);
        if (type is null)
        {
            _issues.Error(IssueType.Structure, "A resource must have a resourceType, a string.", position);
            reader.Skip();
            return null;
        }
        if (ModelInfo.Create(type) is not { } resource)
        {
            _issues.Error(IssueType.NotSupported, ModelInfo.IsResourceType(type)
                ? $"Resources of type {type} are not supported."
                : "The resourceType is not a type of FHIR R4.", position);
            reader.Skip();
            return null;
        }
        _issues.Start(type);
        ReadObject(ref reader, resource, resource.TypeDef, isResource: true);
        return resource;
    }

    // Usually the first property; otherwise found by a copy of the reader that runs ahead.
    private static string? FindResourceType(Utf8JsonReader ahead, out long position)
    {
        position = ahead.TokenStartIndex;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var found = IsResourceType(ref ahead);
            ahead.Read();
            if (found)
            {
                position = ahead.TokenStartIndex;
                return ahead.TokenType == JsonTokenType.String ? JsonStrings.Read(ref ahead, recurs: true) : null;
            }
            ahead.Skip();
        }
        return null;
    }

    private static bool IsResourceType(ref Utf8JsonReader reader) => reader.ValueIsEscaped
        ? !JsonStrings.HasLoneSurrogate(reader.ValueSpan) && reader.ValueTextEquals("resourceType"u8)
        : reader.ValueSpan.SequenceEqual("resourceType"u8);

    private void ReadObject(ref Utf8JsonReader reader, Base owner, TypeDef type, bool isResource)
    {
        var table = type.Properties;
        var start = reader.TokenStartIndex;
        Span<ulong> seen = stackalloc ulong[PropertyTable.Most / 64];
        var (hint, any, nulls, typeSeen) = (0, false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (isResource && IsResourceType(ref reader))
            {
                if (typeSeen) Duplicate("resourceType", reader.TokenStartIndex);
                typeSeen = any = true;
                reader.Skip();
                continue;
            }
            var index = Find(table, ref reader, hint);
            if (index < 0)
            {
                Unknown(ref reader, type);
                // What holds nothing but unknown properties would vanish in a lenient read.
                any |= !options.IgnoreUnknownProperties;
                continue;
            }
            any = true;
            ref readonly var property = ref table[index];
            hint = property.After;
            if ((seen[index / 64] & (1UL << index)) != 0)
            {
                Duplicate(Encoding.UTF8.GetString(property.Name), reader.TokenStartIndex);
                reader.Skip();
                continue;
            }
            seen[index / 64] |= 1UL << index;
            reader.Read();
            _issues.Enter(property.Element);
            // A choice may have been read under another of its names.
            var isFirst = !property.Element.IsChoice
                && (property.Pair < 0 || (seen[property.Pair / 64] & (1UL << property.Pair)) == 0);
            nulls |= ReadProperty(ref reader, owner, in property, isFirst);
            _issues.Leave();
        }
        if (!any) _issues.Error(IssueType.Structure, "An object must not be empty.", start);
        CheckRequired(table, seen, start);
        if (nulls) CheckNulls(owner, start);
    }

    private static int Find(PropertyTable table, ref Utf8JsonReader reader, int hint)
    {
        if (!reader.ValueIsEscaped) return table.Find(reader.ValueSpan, hint);
        return JsonStrings.HasLoneSurrogate(reader.ValueSpan)
            ? -1
            : table.Find(Encoding.UTF8.GetBytes(reader.GetString()!), hint);
    }

    private void Duplicate(string name, long position) =>
        _issues.Error(IssueType.Structure, $"The property {name} occurs twice.", position);

    private void Unknown(ref Utf8JsonReader reader, TypeDef type)
    {
        // A name that looks like an element's is quoted; anything else might be a slip that tells about a person.
        var name = reader.ValueSpan is [(byte)'_' or (>= (byte)'a' and <= (byte)'z'), ..] and { Length: <= 40 }
            && !reader.ValueSpan[1..].ContainsAnyExcept(Letters)
            ? $" '{Encoding.UTF8.GetString(reader.ValueSpan)}'"
            : "";
        if (options.IgnoreUnknownProperties)
            _issues.Warning(
                IssueType.Structure, $"Unknown property{name} of {type.Name} left out.", reader.TokenStartIndex);
        else
            _issues.Error(IssueType.Structure, $"Unknown property{name} of {type.Name}.", reader.TokenStartIndex);
        reader.Skip();
    }

    private static readonly System.Buffers.SearchValues<byte> Letters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private void CheckRequired(PropertyTable table, ReadOnlySpan<ulong> seen, long position)
    {
        foreach (var (element, first, end) in table.Required)
        {
            var found = false;
            for (var i = first; i < end && !found; i++) found = (seen[i / 64] & (1UL << i)) != 0;
            if (!found) _issues.ErrorAt(element, -1, IssueType.Required, $"{element} is required.", position);
        }
    }

    private bool Expect(ref Utf8JsonReader reader, JsonTokenType token, string form)
    {
        if (reader.TokenType == token) return true;
        _issues.Error(IssueType.Structure, reader.TokenType == JsonTokenType.Null
            ? $"null is not allowed; expected {form}."
            : $"Expected {form}.", reader.TokenStartIndex);
        reader.Skip();
        return false;
    }
}
