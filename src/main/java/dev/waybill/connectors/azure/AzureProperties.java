package dev.waybill.connectors.azure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Azure is, under {@code waybill.connectors.azure}. What stands in for it passes the address guard like any other,
 * but for {@code metadataEndpoint}.
 *
 * @param managedIdentity whether connections may use the service's own Azure identity; any caller who may make a connection
 *     could read with it what it may read
 * @param metadataEndpoint where an Azure machine gets tokens of its own; only ever asked when {@code managedIdentity} is
 *     true, and then past the address guard, as it lies on the machine's own link
 * @param endpoint in the place of {@code https://<account>.blob.core.windows.net}, with the account as the first part of
 *     its paths; null for the accounts' own
 * @param loginEndpoint where Entra applications get their tokens
 */
@ConfigurationProperties("waybill.connectors.azure")
record AzureProperties(
        @DefaultValue("false") boolean managedIdentity,
        @DefaultValue("http://169.254.169.254") URI metadataEndpoint,
        @Nullable URI endpoint,
        @DefaultValue("https://login.microsoftonline.com") URI loginEndpoint) {}
