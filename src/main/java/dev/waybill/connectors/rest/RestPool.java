package dev.waybill.connectors.rest;

import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.KeyManagementException;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;

/**
 * The connection pool of one opened source, through the address guard, so that a slow server blocks no other source. It
 * follows no redirects, stores no cookies, decodes nothing and uses no proxies. Clients share it, are cheap, and need
 * no closing. Thread-safe.
 */
public final class RestPool implements AutoCloseable {

    private final RestProperties properties;
    private final GuardedEndpoints guard;
    private final InstantSource clock;
    private final ScheduledExecutorService timers;
    private final Map<String, CloseableHttpClient> wires = new HashMap<>();
    private boolean isClosed;

    RestPool(RestProperties properties, GuardedEndpoints guard, InstantSource clock, ScheduledExecutorService timers) {
        this.properties = properties;
        this.guard = guard;
        this.clock = clock;
        this.timers = timers;
    }

    /**
     * A client for a server that a caller, or a provider, specified.
     *
     * @param verifiesTls whether its certificate is verified
     */
    public RestClient to(URI endpoint, boolean verifiesTls) {
        boolean isPlain = "http".equalsIgnoreCase(endpoint.getScheme());
        String wire = isPlain ? "plain" : verifiesTls ? "verified" : "unverified";
        return client(endpoint, wire, isPlain ? guard.plainLookup() : guard.lookup(), verifiesTls);
    }

    /**
     * A client for the one server that the operator specified, bypassing the address guard; it reaches no other. No
     * input of a caller may choose it.
     */
    public RestClient past(URI endpoint) {
        String only = endpoint.getHost();
        DnsResolver lookup = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                if (!host.equals(only)) {
                    throw new UnknownHostException(host);
                }
                return SystemDefaultDnsResolver.INSTANCE.resolve(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return client(endpoint, "past " + only, lookup, true);
    }

    private RestClient client(URI endpoint, String wire, DnsResolver lookup, boolean verifiesTls) {
        CloseableHttpClient http;
        synchronized (wires) {
            if (isClosed) {
                throw RestClient.closed(null);
            }
            http = wires.computeIfAbsent(wire, absent -> open(lookup, verifiesTls));
        }
        return new RestClient(http, timers, properties.answerTimeout(), endpoint.getAuthority(), clock);
    }

    private CloseableHttpClient open(DnsResolver lookup, boolean verifiesTls) {
        Timeout connect = Timeout.of(properties.connectTimeout());
        Timeout idle = Timeout.of(properties.idleTimeout());
        PoolingHttpClientConnectionManagerBuilder manager = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(lookup)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(idle)
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setMaxConnTotal(properties.maxConnections())
                .setMaxConnPerRoute(properties.maxConnections());
        if (!verifiesTls) {
            manager.setTlsSocketStrategy(new DefaultClientTlsStrategy(trusting(), NoopHostnameVerifier.INSTANCE));
        }
        return HttpClients.custom()
                .setConnectionManager(manager.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(idle)
                        .setConnectionRequestTimeout(connect)
                        .build())
                .setUserAgent("Waybill")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static SSLContext trusting() {
        try {
            return SSLContexts.custom()
                    .loadTrustMaterial(null, (chain, type) -> true)
                    .build();
        } catch (NoSuchAlgorithmException | KeyManagementException | KeyStoreException e) {
            throw new IllegalStateException("TLS is part of every JDK", e);
        }
    }

    /** Closes all connections, those in use too. */
    @Override
    public void close() {
        synchronized (wires) {
            isClosed = true;
            wires.values().forEach(http -> http.close(CloseMode.IMMEDIATE));
            wires.clear();
        }
    }
}
