package dev.waybill.platform.fetch;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Posts to URLs that callers name. Every connection goes through the {@link AddressGuard}; redirects are not followed,
 * and of an answer only the beginning is read.
 */
@Component
public class UrlPoster implements DisposableBean {

    private static final int MAX_CONNECTIONS = 1_000;

    private final AddressGuard guard;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("post-watch").factory());

    @Autowired
    UrlPoster(FetchProperties properties, AddressGuard guard) {
        this(properties, guard, HostLookup.SYSTEM);
    }

    UrlPoster(FetchProperties properties, AddressGuard guard, HostLookup lookup) {
        this.guard = guard;
        this.client = GuardedClient.create(properties, guard, lookup, MAX_CONNECTIONS);
    }

    /**
     * Whether one could post there, by the spelling of the URL; nothing is looked up or connected to. An address that
     * is written out and not permitted is refused here already.
     *
     * @throws WaybillException 400 that says what is wrong with it
     */
    public void check(String url) {
        UrlFetcher.check(url);
        String host = FetchTarget.of(url).host();
        String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        Cidr.literal(literal).filter(address -> !guard.permits(host, address)).ifPresent(address -> {
            throw new WaybillException(
                    ErrorCode.URL_REFUSED,
                    "The URL leads to '%s', which is not on the public internet".formatted(host),
                    Map.of("host", host));
        });
    }

    /**
     * Posts JSON.
     *
     * @param timeout for everything together, looking the host up included
     * @param maxExcerpt how many bytes of the answer's body are read
     */
    public PostOutcome post(String url, Map<String, String> headers, byte[] json, Duration timeout, int maxExcerpt) {
        try {
            check(url);
        } catch (WaybillException refused) {
            return new PostOutcome.Forbidden(refused.getMessage());
        }
        URI uri = FetchTarget.of(url).uri();
        HttpPost request = new HttpPost(uri);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.of(timeout))
                .setConnectionRequestTimeout(Timeout.of(timeout))
                .build());
        long until = System.nanoTime() + timeout.toNanos();
        ScheduledFuture<?> cut = watch.schedule(request::cancel, timeout.toNanos(), TimeUnit.NANOSECONDS);
        try (ClassicHttpResponse response = client.executeOpen(HttpHost.create(uri), request, null)) {
            try {
                Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
                return new PostOutcome.Answered(
                        response.getCode(),
                        excerpt(response, maxExcerpt),
                        retryAfter == null ? null : retryAfter.getValue());
            } finally {
                // Or closing would read what is left, however much that is.
                request.cancel();
            }
        } catch (ForbiddenAddressException forbidden) {
            return new PostOutcome.Forbidden(
                    "'%s' leads to an address that is not on the public internet".formatted(uri.getHost()));
        } catch (UnknownHostException unknown) {
            return new PostOutcome.Unanswered("'%s' cannot be found".formatted(uri.getHost()));
        } catch (IOException failed) {
            return new PostOutcome.Unanswered(
                    System.nanoTime() - until >= 0
                            ? "No answer within %d ms".formatted(timeout.toMillis())
                            : "'%s' does not answer, or breaks off".formatted(uri.getHost()));
        } finally {
            cut.cancel(false);
        }
    }

    /** Whether the status counts is known by now; a body that does not come changes nothing. */
    private static String excerpt(ClassicHttpResponse response, int max) {
        HttpEntity body = response.getEntity();
        if (body == null) {
            return "";
        }
        try {
            InputStream bytes = body.getContent();
            return bytes == null ? "" : new String(bytes.readNBytes(max), StandardCharsets.UTF_8);
        } catch (IOException brokenOff) {
            return "";
        }
    }

    @Override
    public void destroy() {
        watch.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
