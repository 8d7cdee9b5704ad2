using Fhir;
using Messages;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>Makes the CapabilityStatement from the routes and indexes that exist, so that it cannot lie.</summary>
public static class CapabilityMaker
{
    /// <summary>The statement of a service; <paramref name="date"/> is when it was started.</summary>
    public static CapabilityStatement Make<TDatabase>(
        ServiceDefinition<TDatabase> definition, string baseUrl, DateTimeOffset date) where TDatabase : ServiceDatabase
    {
        var statement = new CapabilityStatement
        {
            Status = PublicationStatus.Active,
            DateElement = new FhirDateTime(date),
            Kind = CapabilityStatementKind.Instance,
            Implementation = new CapabilityStatement.ImplementationComponent
            {
                Description = $"Occupational Mental Health, {definition.Name}", Url = baseUrl,
            },
            FhirVersion = EnumCodes.Parse<FHIRVersion>(ModelInfo.Version),
        };
        statement.FormatElement.AddRange(definition.Made
            .SelectMany(made => made.Search.Formats.MediaTypes).Prepend("application/fhir+json").Distinct()
            .Select(format => new Code(format)));
        var rest = new CapabilityStatement.RestComponent { Mode = RestfulCapabilityMode.Server };
        rest.Resource.AddRange(definition.Types.Select(type => ResourceOf(
            type, definition.TypeNames, definition.Operations.Where(operation => operation.Type == type.Type))));
        rest.Resource.AddRange(definition.Operations.Where(operation => operation.Type is not null)
            .ExceptBy(definition.TypeNames, operation => operation.Type).GroupBy(operation => operation.Type!)
            .Select(type => OnlyOperations(type.Key, type)));
        rest.Resource.AddRange(definition.Made.Select(ResourceOf));
        rest.Resource.AddRange(GuideReads.Types.Select(OfGuide));
        AddValidate(rest.Resource);
        rest.Interaction.AddRange(((SystemRestfulInteraction[])
            [SystemRestfulInteraction.Transaction, SystemRestfulInteraction.Batch]).Select(interaction =>
                new CapabilityStatement.SystemInteractionComponent { Code = interaction }));
        rest.Operation.Add(new CapabilityStatement.OperationComponent
        {
            Name = "process-message",
            Definition = "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
        });
        rest.Operation.AddRange(definition.Operations.Where(operation => operation.Type is null).Select(OperationOf));
        statement.Rest.Add(rest);
        var messaging = new CapabilityStatement.MessagingComponent();
        messaging.SupportedMessage.AddRange(definition.Messages.Select(message =>
            new CapabilityStatement.SupportedMessageComponent
            {
                Mode = EventCapabilityMode.Receiver,
                Definition = $"{Canonicals.Base}/MessageDefinition/{message.Event}",
            }));
        if (messaging.SupportedMessage.Count > 0) statement.Messaging.Add(messaging);
        return statement;
    }

    // Of every type that can be read, stored here or not, such as the Bundle of a message.
    private static void AddValidate(List<CapabilityStatement.ResourceComponent> resources)
    {
        foreach (var type in ModelInfo.ResourceTypes.Select(name => EnumCodes.Parse<ResourceType>(name)))
        {
            if (resources.Find(one => one.Type == type) is not { } resource)
                resources.Add(resource = new CapabilityStatement.ResourceComponent { Type = type });
            resource.Operation.Insert(0, new CapabilityStatement.OperationComponent
            {
                Name = "validate", Definition = "http://hl7.org/fhir/OperationDefinition/Resource-validate",
            });
        }
    }

    private static CapabilityStatement.ResourceComponent OfGuide(string type)
    {
        var resource = new CapabilityStatement.ResourceComponent
        {
            Type = EnumCodes.Parse<ResourceType>(type), Versioning = ResourceVersionPolicy.NoVersion,
            UpdateCreate = false,
        };
        resource.Interaction.AddRange(
            ((TypeRestfulInteraction[])[TypeRestfulInteraction.Read, TypeRestfulInteraction.SearchType]).Select(
                interaction => new CapabilityStatement.ResourceInteractionComponent { Code = interaction }));
        resource.SearchParam.Add(new CapabilityStatement.SearchParamComponent
        {
            Name = "url", Type = SearchParamType.Uri,
        });
        return resource;
    }

    private static CapabilityStatement.ResourceComponent ResourceOf(
        ServedType type, IReadOnlySet<string> served, IEnumerable<OfferedOperation> operations)
    {
        var resource = new CapabilityStatement.ResourceComponent
        {
            Type = EnumCodes.Parse<ResourceType>(type.Type),
            Versioning = ResourceVersionPolicy.Versioned,
            ConditionalCreate = type.Rule is not null,
            UpdateCreate = false,
        };
        List<TypeRestfulInteraction> interactions =
        [
            TypeRestfulInteraction.Read, TypeRestfulInteraction.Vread, TypeRestfulInteraction.HistoryInstance,
            TypeRestfulInteraction.SearchType,
        ];
        if (type.Rule is not null) interactions.AddRange([TypeRestfulInteraction.Create, TypeRestfulInteraction.Update]);
        resource.Interaction.AddRange(interactions.Select(interaction =>
            new CapabilityStatement.ResourceInteractionComponent { Code = interaction }));
        resource.SearchParam.AddRange(SearchParameters.Of(type.Type).Select(parameter =>
            new CapabilityStatement.SearchParamComponent
            {
                Name = parameter.Code, Type = KindOf(parameter.Kind), Definition = parameter.Definition,
            }));
        resource.Operation.AddRange(operations.Select(OperationOf));
        resource.SearchIncludeElement.AddRange(SearchParameters.ReferencesOf(type.Type)
            .Where(reference => served.Any(reference.MayPointTo)).Select(reference => Pair(type.Type, reference)));
        resource.SearchRevIncludeElement.AddRange(served.Order(StringComparer.Ordinal).SelectMany(from =>
            SearchParameters.ReferencesOf(from).Where(reference => reference.MayPointTo(type.Type))
                .Select(reference => Pair(from, reference))));
        return resource;
    }

    // Nothing of such a type is read here.
    private static CapabilityStatement.ResourceComponent OnlyOperations(
        string type, IEnumerable<OfferedOperation> operations)
    {
        var resource = new CapabilityStatement.ResourceComponent { Type = EnumCodes.Parse<ResourceType>(type) };
        resource.Operation.AddRange(operations.Select(OperationOf));
        return resource;
    }

    private static FhirString Pair(string type, IndexedParameter reference) => new($"{type}:{reference.Code}");

    private static CapabilityStatement.OperationComponent OperationOf(OfferedOperation operation) => new()
    {
        Name = operation.Name, Definition = $"{Canonicals.Base}/OperationDefinition/{operation.Name}",
    };

    private static CapabilityStatement.ResourceComponent ResourceOf(MadeType made)
    {
        var resource = new CapabilityStatement.ResourceComponent
        {
            Type = EnumCodes.Parse<ResourceType>(made.Type), Versioning = ResourceVersionPolicy.NoVersion,
            UpdateCreate = false, Documentation = made.Search.Documentation,
        };
        if (made.IsRead)
            resource.Interaction.Add(new CapabilityStatement.ResourceInteractionComponent
            {
                Code = TypeRestfulInteraction.Read,
            });
        resource.Interaction.Add(new CapabilityStatement.ResourceInteractionComponent
        {
            Code = TypeRestfulInteraction.SearchType,
        });
        resource.SearchParam.AddRange(made.Search.Parameters.Select(parameter =>
            new CapabilityStatement.SearchParamComponent { Name = parameter.Name, Type = parameter.Type }));
        return resource;
    }

    private static SearchParamType KindOf(IndexKind kind) => kind switch
    {
        IndexKind.Token => SearchParamType.Token,
        IndexKind.Reference => SearchParamType.Reference,
        IndexKind.Date => SearchParamType.Date,
        IndexKind.Uri => SearchParamType.Uri,
        _ => SearchParamType.String,
    };
}
