using System.ComponentModel.DataAnnotations;

namespace RegionHandoff.Delivery;

internal static class DeliveryRegistration
{
    public static void AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Delivery").Get<DeliveryOptions>() ?? new DeliveryOptions();
        List<ValidationResult> faults = [];
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
            throw new InvalidOperationException(
                "The section Delivery is wrong: " + string.Join(" ", faults.Select(fault => fault.ErrorMessage)));
        services.AddSingleton(options);
        services.AddSingleton<SendToRegion>();
        services.AddChannel<RestDelivery>();
        services.AddAmqp(AmqpOptions.Register(services, configuration));
    }

    private static void AddAmqp(this IServiceCollection services, AmqpOptions options)
    {
        if (!options.HasBroker) return;
        services.AddSingleton<RegionOutbox>();
        services.AddSingleton<RegionConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<RegionConnections>());
        services.AddChannel<AmqpDelivery>();
    }

    // Each channel has a dispatcher of its own; AddHostedService would take two of one type for the same.
    private static void AddChannel<T>(this IServiceCollection services) where T : class, IRegionChannel
    {
        services.AddSingleton<T>();
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<DeliveryDispatcher>(
            provider, provider.GetRequiredService<T>()));
    }
}
