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
        services.AddSingleton<RestDelivery>();
        services.AddHostedService<DeliveryDispatcher>();
    }
}
