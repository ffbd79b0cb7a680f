package dev.waybill.connectors.azure;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the connector to Azure, under {@code waybill.connectors.azure}. Overridden endpoints pass the address
 * guard like any other, except {@code metadataEndpoint}.
 *
 * @param managedIdentity whether connections may use the service's own Azure identity; any caller who may make a
 *     connection could then read whatever that identity may read
 * @param metadataEndpoint the instance metadata service, which issues tokens to an Azure machine; only requested when
 *     {@code managedIdentity} is true, and then bypassing the address guard, as it is link-local
 * @param endpoint overrides {@code https://<account>.blob.core.windows.net}, with the account as the first part of its
 *     paths; null for the accounts' own
 * @param loginEndpoint where Entra applications get their tokens
 */
@ConfigurationProperties("waybill.connectors.azure")
record AzureProperties(
        @DefaultValue("false") boolean managedIdentity,
        @DefaultValue("http://169.254.169.254") URI metadataEndpoint,
        @Nullable URI endpoint,
        @DefaultValue("https://login.microsoftonline.com") URI loginEndpoint) {}
