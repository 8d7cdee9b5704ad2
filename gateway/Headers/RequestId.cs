using System.Text.RegularExpressions;

namespace Gateway.Headers;

/// <summary>Decides whether an id that a client sent may go on, into answers, services and logs.</summary>
public static partial class RequestId
{
    /// <summary>The client's own id where it is safe, otherwise a new one.</summary>
    public static string SafeOrNew(string? sent) =>
        sent is not null && ShortToken().IsMatch(sent) && !IdentityCode().IsMatch(sent)
            ? sent
            : Guid.CreateVersion7().ToString();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._\-]{0,63}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShortToken();

    // The shape of a Finnish personal identity code, whatever its check character: ids are logged.
    [GeneratedRegex(@"(?<![0-9])[0-9]{6}[\-A-FU-Ya-fu-y][0-9]{3}[0-9A-Za-z](?![0-9A-Za-z])",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdentityCode();
}
