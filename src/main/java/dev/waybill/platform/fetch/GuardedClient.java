package dev.waybill.platform.fetch;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * An HTTP client that connects through {@link GuardedSocket}s only. It follows no redirects, repeats nothing, keeps no
 * cookies, credentials or connections, unpacks nothing and knows no proxies.
 */
final class GuardedClient extends PoolingHttpClientConnectionManagerBuilder {

    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_BYTES = 16_384;

    private final AddressGuard guard;

    private GuardedClient(AddressGuard guard) {
        this.guard = guard;
    }

    /** @param connections how many there may be at once */
    static CloseableHttpClient create(
            FetchProperties properties, AddressGuard guard, HostLookup lookup, int connections) {
        Timeout connect = Timeout.of(properties.connectTimeout());
        Timeout idle = Timeout.of(properties.idleTimeout());
        Http1Config bounds = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_HEADER_BYTES)
                .build();
        PoolingHttpClientConnectionManagerBuilder manager = new GuardedClient(guard)
                .setDnsResolver(new GuardedLookup(lookup, guard, properties.connectTimeout()))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(bounds)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(idle)
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections);
        return HttpClients.custom()
                .setConnectionManager(manager.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(idle)
                        .setConnectionRequestTimeout(connect)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Waybill")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            SchemePortResolver ports, DnsResolver lookup, TlsSocketStrategy tls) {
        return new DefaultHttpClientConnectionOperator(
                proxy -> new GuardedSocket(guard),
                ports,
                lookup,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls)
                        .build());
    }
}
