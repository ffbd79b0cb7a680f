package dev.waybill.platform.fetch;

import dev.waybill.platform.deadline.RequestDeadline;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.LocalDisk;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Fetches files that callers name. Every connection, those that redirects lead to included, goes through the
 * {@link AddressGuard}; time, size, redirects and the number of fetches at once are bounded.
 */
@Component
public class UrlFetcher implements DisposableBean {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private static final String DISPOSITION = "Content-Disposition";

    private final FetchProperties properties;
    private final LocalDisk disk;
    private final CloseableHttpClient client;
    private final Semaphore permits;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fetch-watch").factory());

    @Autowired
    UrlFetcher(FetchProperties properties, AddressGuard guard, LocalDisk disk) {
        this(properties, guard, HostLookup.SYSTEM, disk);
    }

    UrlFetcher(FetchProperties properties, AddressGuard guard, HostLookup lookup, LocalDisk disk) {
        this.properties = properties;
        this.disk = disk;
        this.client = GuardedClient.create(properties, guard, lookup, properties.maxConcurrent() * 2);
        this.permits = new Semaphore(properties.maxConcurrent(), true);
    }

    /**
     * Whether a URL could be fetched, by its spelling; nothing is connected to.
     *
     * @throws WaybillException 400 that says what is wrong with it
     */
    public static void check(String url) {
        FetchTarget.problem(url).ifPresent(problem -> {
            throw new WaybillException(ErrorCode.URL_REFUSED, "The URL " + problem);
        });
    }

    /**
     * Fetches a file. It may take as long as the settings say; nothing of that is a client's request's time.
     *
     * @param maxBytes the most bytes it may have; the configured limit holds as well
     * @return the file, to be closed by the caller
     * @throws dev.waybill.platform.storage.StorageException 503 when this machine's disk is full; nothing is left
     *     behind then
     * @throws WaybillException 400 that says why it could not be fetched; nothing is left behind then
     */
    public FetchedFile fetch(String url, long maxBytes) {
        long until = System.nanoTime() + properties.totalTimeout().toNanos();
        try (RequestDeadline.Section ignored = RequestDeadline.uncounted()) {
            enter(until);
            try {
                return follow(url, Math.min(maxBytes, properties.maxSize().toBytes()), until);
            } finally {
                permits.release();
            }
        }
    }

    @Override
    public void destroy() {
        watch.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private void enter(long until) {
        try {
            if (!permits.tryAcquire(left(until).toNanos(), TimeUnit.NANOSECONDS)) {
                throw new WaybillException(
                        ErrorCode.SERVICE_UNAVAILABLE, "Too many URLs are being fetched just now; try again");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The service is stopping; try again");
        }
    }

    private FetchedFile follow(String url, long maxBytes, long until) {
        String next = url;
        for (int hop = 0; hop <= properties.maxRedirects(); hop++) {
            check(next);
            FetchTarget target = FetchTarget.of(next);
            Hop outcome = hop(target, maxBytes, until);
            if (outcome.file() != null) {
                return outcome.file();
            }
            next = target.redirect(String.valueOf(outcome.location()))
                    .orElseThrow(() -> unreachable(target, "redirects to something that is no URL"));
        }
        throw new WaybillException(
                ErrorCode.URL_UNREACHABLE,
                "The URL leads through more than %d redirects".formatted(properties.maxRedirects()));
    }

    private Hop hop(FetchTarget target, long maxBytes, long until) {
        HttpGet request = new HttpGet(target.uri());
        request.setHeader(HttpHeaders.ACCEPT, "*/*");
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        // Bytes that trickle in keep every other time limit from striking, so the connection is cut from outside.
        ScheduledFuture<?> cut = watch.schedule(request::cancel, left(until).toNanos(), TimeUnit.NANOSECONDS);
        try (ClassicHttpResponse response = client.executeOpen(HttpHost.create(target.uri()), request, null)) {
            try {
                return read(response, target, maxBytes);
            } finally {
                // Or closing would read what is left, however much that is.
                request.cancel();
            }
        } catch (ForbiddenAddressException forbidden) {
            throw new WaybillException(
                    ErrorCode.URL_REFUSED,
                    "The URL leads to '%s', which is not on the public internet".formatted(target.host()),
                    Map.of("host", target.host()));
        } catch (TempFile.TooLargeException tooLarge) {
            throw tooLarge(maxBytes);
        } catch (ContentDecoding.UnknownEncodingException unknown) {
            throw unreachable(
                    target,
                    "answers with Content-Encoding '%s'; identity, gzip and deflate are read"
                            .formatted(unknown.encoding()));
        } catch (UnknownHostException unknown) {
            throw unreachable(target, "cannot be found");
        } catch (IOException failed) {
            throw isOver(until)
                    ? unreachable(
                            target,
                            "took longer than %d ms"
                                    .formatted(properties.totalTimeout().toMillis()))
                    : unreachable(target, "does not answer, or breaks off");
        } finally {
            cut.cancel(false);
        }
    }

    private Hop read(ClassicHttpResponse response, FetchTarget target, long maxBytes) throws IOException {
        int status = response.getCode();
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (REDIRECTS.contains(status) && location != null) {
            return new Hop(null, location.getValue());
        }
        HttpEntity body = response.getEntity();
        if (status != 200 || body == null) {
            throw unreachable(target, "answers with status %d".formatted(status));
        }
        if (body.getContentLength() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        InputStream bytes = ContentDecoding.open(body.getContent(), values(response, HttpHeaders.CONTENT_ENCODING));
        return new Hop(TempFile.write(disk, bytes, maxBytes, filename(response, target), body.getContentType()), null);
    }

    /** What the server calls it, who knows; else what the URL ends in, which may be the page that sends it. */
    private static String filename(ClassicHttpResponse response, FetchTarget target) {
        return DispositionName.of(value(response, DISPOSITION)).orElseGet(target::filename);
    }

    /** The values of all such headers in a row (RFC 9110 5.3); null when there is none. */
    private static @Nullable String values(ClassicHttpResponse response, String name) {
        Header[] headers = response.getHeaders(name);
        return headers.length == 0
                ? null
                : Stream.of(headers).map(Header::getValue).collect(Collectors.joining(","));
    }

    private static @Nullable String value(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private static WaybillException tooLarge(long maxBytes) {
        return new WaybillException(
                ErrorCode.FILE_TOO_LARGE,
                "The file behind the URL has more than the %d bytes that may be fetched".formatted(maxBytes),
                Map.of("limit", maxBytes));
    }

    private static WaybillException unreachable(FetchTarget target, String why) {
        return new WaybillException(
                ErrorCode.URL_UNREACHABLE,
                "The URL could not be fetched: '%s' %s".formatted(target.host(), why),
                Map.of("host", target.host()));
    }

    private static Duration left(long until) {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }

    private static boolean isOver(long until) {
        return System.nanoTime() - until >= 0;
    }

    /** The outcome of one request: a file, or where the redirect leads. */
    private record Hop(@Nullable FetchedFile file, @Nullable String location) {}
}
