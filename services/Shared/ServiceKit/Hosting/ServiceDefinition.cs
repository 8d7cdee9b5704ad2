using Fhir;
using Messages;
using ServiceKit.Audit;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>
/// What one service serves and takes: its table of contents, from which routes, consumers, timers and the
/// CapabilityStatement are made.
/// </summary>
/// <param name="Name">As it stands in queue names: a value of <see cref="ServiceNames"/>.</param>
/// <param name="Path">The path of its FHIR base behind the gateway, for example <c>/regions/fhir</c>.</param>
public sealed record ServiceDefinition<TDatabase>(string Name, string Path) where TDatabase : ServiceDatabase
{
    private readonly List<ServedType> types = [];
    private readonly HashSet<string> typeNames = new(StringComparer.Ordinal);
    private readonly List<TakenMessage> messages = [];
    private readonly List<BusConsumer> consumers = [];
    private readonly List<TimerKind> timers = [];
    private readonly List<OfferedOperation> operations = [];
    private readonly List<MadeType> made = [new(nameof(AuditEvent), AuditSearch.Described, IsRead: false)];
    private readonly List<string> open = [], kept = [];

    /// <summary>The resource types of the FHIR base.</summary>
    public IReadOnlyList<ServedType> Types => types;

    /// <summary>Their names.</summary>
    public IReadOnlySet<string> TypeNames => typeNames;

    /// <summary>The events that <c>$process-message</c> takes.</summary>
    public IReadOnlyList<TakenMessage> Messages => messages;

    /// <summary>The messages that are taken from the bus.</summary>
    public IReadOnlyList<BusConsumer> Consumers => consumers;

    /// <summary>The deadlines that the service acts upon.</summary>
    public IReadOnlyList<TimerKind> Timers => timers;

    /// <summary>The types that are made when they are asked for.</summary>
    public IReadOnlyList<MadeType> Made => made;

    /// <summary>The operations of its own, which the service's module maps.</summary>
    public IReadOnlyList<OfferedOperation> Operations => operations;

    /// <summary>Tells in the CapabilityStatement of an operation that the module maps.</summary>
    /// <param name="name">Its name without the dollar sign.</param>
    /// <param name="type">The resource type that it is called on; null for the base itself.</param>
    public ServiceDefinition<TDatabase> Offer(string name, string? type = null)
    {
        operations.Add(new OfferedOperation(name, type));
        return this;
    }

    /// <summary>The types that everybody in a tenant sees.</summary>
    public IReadOnlyList<string> OpenTypes => open;

    /// <summary>Who else sees what is stored; null where nobody does.</summary>
    public ISharing? Sharing { get; private init; }

    /// <summary>Lets callers who see their own only see all of a type in their tenant: one that tells of no person.</summary>
    public ServiceDefinition<TDatabase> Open<T>() where T : Resource, new()
    {
        open.Add(new T().TypeName);
        return this;
    }

    /// <summary>The types of which processes keep copies in memory.</summary>
    public IReadOnlyList<string> KeptTypes => kept;

    /// <summary>Counts the changes of a type that changes seldom, for <see cref="Registers"/>.</summary>
    public ServiceDefinition<TDatabase> Keep<T>() where T : Resource, new()
    {
        kept.Add(new T().TypeName);
        return this;
    }

    /// <summary>Asks of everything that is stored who else sees it.</summary>
    public ServiceDefinition<TDatabase> Share(ISharing sharing) => this with { Sharing = sharing };

    /// <summary>Read and search only: resources of this type come by messages.</summary>
    public ServiceDefinition<TDatabase> Serve<T>() where T : Resource, new()
    {
        return Add(new ServedType(new T().TypeName, null));
    }

    /// <summary>Create and update too, each checked by a rule before it is stored.</summary>
    public ServiceDefinition<TDatabase> Serve<T, TRule>() where T : Resource, new() where TRule : class, IWriteRule<T>
    {
        return Add(new ServedType(new T().TypeName, new WriteRuleAdapter<T>(typeof(TRule))));
    }

    private ServiceDefinition<TDatabase> Add(ServedType type)
    {
        // Two rules of one type would be two routes of one address.
        if (!typeNames.Add(type.Type)) throw new InvalidOperationException($"{type.Type} is served twice.");
        types.Add(type);
        return this;
    }

    /// <summary>Tells of a type that is made when it is asked for; the service's module maps its routes.</summary>
    /// <param name="search">What can be asked.</param>
    /// <param name="isRead">Whether one can be read by its id too.</param>
    public ServiceDefinition<TDatabase> Make<T>(MadeSearch search, bool isRead = false) where T : Resource, new()
    {
        made.Add(new MadeType(new T().TypeName, search, isRead));
        return this;
    }

    /// <summary>Takes an event over HTTP.</summary>
    /// <param name="event">A code of <see cref="Events"/>.</param>
    /// <param name="consumer">Its name in the inbox: a storage format, kebab-case.</param>
    public ServiceDefinition<TDatabase> OnMessage<THandler>(string @event, string consumer)
        where THandler : class, IMessageHandler
    {
        messages.Add(new TakenMessage(@event, consumer, typeof(THandler)));
        return this;
    }

    /// <summary>Takes a message from the bus, through the queue that <see cref="MessageCatalogue"/> names.</summary>
    public ServiceDefinition<TDatabase> OnBus<THandler, TMessage>()
        where THandler : class, IMessageHandler where TMessage : IFhirMessage
    {
        var kind = MessageCatalogue.Of<TMessage>();
        consumers.Add(new BusConsumer(kind.Queue, typeof(THandler), kind));
        return this;
    }

    /// <summary>Acts when a deadline of this kind is due.</summary>
    public ServiceDefinition<TDatabase> OnTimer<THandler>(string kind) where THandler : class, ITimerHandler
    {
        timers.Add(new TimerKind(kind, typeof(THandler)));
        return this;
    }
}

/// <summary>A resource type of a FHIR base; read-only without a rule.</summary>
public sealed record ServedType(string Type, IWriteRuleAdapter? Rule);

/// <summary>A type of which nothing is stored: it is made when it is asked for.</summary>
public sealed record MadeType(string Type, MadeSearch Search, bool IsRead);

/// <summary>A search whose answer is made anew: what the CapabilityStatement says of it.</summary>
public sealed record MadeSearch(
    string Documentation, OtherFormats Formats, params IReadOnlyList<(string Name, SearchParamType Type)> Parameters);

/// <summary>An event that <c>$process-message</c> takes.</summary>
public sealed record TakenMessage(string Event, string Consumer, Type Handler);

/// <summary>A queue and who handles what comes from it.</summary>
public sealed record BusConsumer(string Queue, Type Handler, MessageKind Kind);

/// <summary>An operation of a service's own; without a type it is called on the base.</summary>
public sealed record OfferedOperation(string Name, string? Type);

/// <summary>A kind of deadline and who acts upon it.</summary>
public sealed record TimerKind(string Kind, Type Handler);
