# Stand-ins for mcr.microsoft.com/dotnet/aspnet and sdk, from the .NET of this machine; the context is its folder.
FROM localhost/debian AS aspnet
RUN groupadd --gid 1654 app && useradd --uid 1654 --gid 1654 --create-home app && ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true
COPY dotnet /usr/share/dotnet/
COPY host /usr/share/dotnet/host
COPY shared /usr/share/dotnet/shared

FROM aspnet AS sdk
COPY . /usr/share/dotnet
